"""Answers that are not an answer, and still say something (ux.md 4.1, F2).

"Not asked", "does not know", "does not want to say" and "does not apply" are
four different stored values; an empty cell is none of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices


class MetaAnswer(TextChoices):
    NOT_ASKED = "not_asked", "Tidak ditanyakan"
    UNKNOWN = "unknown", "Tidak tahu"
    DECLINED = "declined", "Tidak ingin menjawab"
    NOT_APPLICABLE = "not_applicable", "Tidak berlaku"


def with_meta(
    choices: Iterable[tuple[str, str]], meta: Iterable[MetaAnswer] = tuple(MetaAnswer)
) -> list[tuple[str, str]]:
    """The choices followed by the meta answers that make sense here; for models and forms alike."""
    return [*choices, *((answer.value, answer.label) for answer in meta)]


def is_answered(value: str | None) -> bool:
    """Whether the person said something: neither empty nor a meta answer."""
    return bool(value) and value not in MetaAnswer.values
