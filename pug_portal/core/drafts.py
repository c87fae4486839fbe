"""Drafts on the server: sealed, one per person and form, thrown away by time or by sending."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pug_portal.core.audit import session_print
from pug_portal.core.models import Draft

STAFF_HOURS, PUBLIC_MINUTES = 8, 30


def owner_of(request) -> str:
    """Return whose drafts these are: the account, or the session of somebody without one."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    if not request.session.session_key:
        request.session.create()
    return session_print(request.session.session_key)


@transaction.atomic
def keep(owner: str, form: str, content: dict, *, minutes: int = STAFF_HOURS * 60) -> Draft:
    """Store what was typed so far, in place of what was stored before."""
    draft = Draft.objects.filter(owner=owner, form=form).first() or Draft(owner=owner, form=form)
    draft.content = content
    draft.expires_at = timezone.now() + timedelta(minutes=minutes)
    draft.save()
    return draft


def recall(owner: str, form: str) -> dict:
    """Return what was typed and not sent, {} when there is nothing."""
    draft = Draft.objects.filter(owner=owner, form=form, expires_at__gt=timezone.now()).first()
    return draft.content if draft else {}


def discard(owner: str, form: str | None = None) -> int:
    """Throw away one draft, or all of an owner; return how many."""
    drafts = Draft.objects.filter(owner=owner)
    if form is not None:
        drafts = drafts.filter(form=form)
    return drafts.delete()[0]


def sweep() -> int:
    """Throw away drafts whose time is over; return how many."""
    return Draft.objects.filter(expires_at__lte=timezone.now()).delete()[0]
