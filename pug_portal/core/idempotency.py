"""A form is carried out once, however often it is sent."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pug_portal.core.actors import number_of
from pug_portal.core.models import Submission


def _owned(key: uuid.UUID | str, by) -> uuid.UUID:
    return uuid.uuid5(uuid.UUID(str(key)), number_of(by))


def answered(key: uuid.UUID | str, *, by) -> str:
    """Return the address that this form was answered with, "" when it was not sent before.

    For forms that a second sending would fail to validate, because the first one took the name.
    """
    return Submission.objects.filter(pk=_owned(key, by)).values_list("answer", flat=True).first() or ""


def once(key: uuid.UUID | str, *, by, act: Callable[[], str]) -> str:
    """Run `act` in one transaction and return the address it answers.

    When the same form was sent before, or is being sent at this moment, nothing is done again and
    the first sending's address is returned. The key belongs to its sender: somebody else's key is
    a different form.
    """
    owned = _owned(key, by)
    found = answered(key, by=by)
    if found:
        return found
    try:
        with transaction.atomic():
            row = Submission.objects.create(key=owned, user_id=number_of(by), answer="")
            row.answer = act()
            row.save(update_fields=["answer"])
            return row.answer
    except IntegrityError:
        # The race is lost only when the other sending is really there; other errors are ours.
        found = answered(key, by=by)
        if not found:
            raise
        return found


def sweep(days: int = 7) -> int:
    """Forget sendings that nobody will repeat any more; return how many."""
    return Submission.objects.filter(at__lt=timezone.now() - timedelta(days=days)).delete()[0]
