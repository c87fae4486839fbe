"""A block of a home: at most seven rows, how many wait in all, and where the rest is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse

ROWS, CAP = 7, 100


@dataclass
class Block:
    """One block of a home: how many wait, the first seven, and where the rest is."""

    title: str
    url: str
    empty: str
    rows: list[dict] = field(default_factory=list)
    number: int = 0

    @property
    def count(self) -> str:
        return f"{CAP}+" if self.number > CAP else str(self.number)


def build(title: str, found: QuerySet, row: Callable, *, url: str, empty: str) -> Block:
    """Return a block of `found` in its own order; counts no further than needed."""
    first = list(found[: ROWS + 1])
    number = len(first) if len(first) <= ROWS else found[: CAP + 1].count()
    return Block(title, reverse(url), empty, [row(one) for one in first[:ROWS]], number)


def line(title: str, url: str, why: str = "", tone: str = "", action: str = "") -> dict:
    row = {"title": title, "url": url, "why": why, "tone": tone}
    return row | ({"action_url": url, "action_text": action} if action else {})
