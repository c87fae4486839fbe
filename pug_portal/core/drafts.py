"""Drafts on the server: sealed, one per person and form, thrown away by time or by sending."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pug_portal.core.audit import session_print
from pug_portal.core.models import Draft

STAFF_HOURS, PUBLIC_MINUTES = 8, 30
# What a draft never holds: keys of one sending, and secrets.
NEVER_KEPT = ("csrfmiddlewaretoken", "idem", "password", "password1", "password2", "oldpassword")


def owner_of(request) -> str:
    """Return whose drafts these are: the account, or the session of somebody without one."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    if not request.session.session_key:
        request.session.create()
    return session_print(request.session.session_key)


def keep(owner: str, form: str, content: dict, *, minutes: int = STAFF_HOURS * 60) -> Draft:
    """Store what was typed so far, in place of what was stored before."""
    try:
        return _keep(owner, form, content, minutes)
    except IntegrityError:  # another window made the draft at this moment: write over it
        return _keep(owner, form, content, minutes)


@transaction.atomic
def _keep(owner: str, form: str, content: dict, minutes: int) -> Draft:
    draft = Draft.objects.filter(owner=owner, form=form).first() or Draft(owner=owner, form=form)
    draft.content = content
    draft.expires_at = timezone.now() + timedelta(minutes=minutes)
    draft.save()
    return draft


def recall(owner: str, form: str) -> dict:
    """Return what was typed and not sent, {} when there is nothing."""
    draft = Draft.objects.filter(owner=owner, form=form, expires_at__gt=timezone.now()).first()
    return draft.content if draft else {}


def typed_content(posted) -> dict[str, list[str]]:
    """Return what a QueryDict holds, without the names of NEVER_KEPT."""
    return {name: values for name, values in posted.lists() if name not in NEVER_KEPT}


def initial_for(request, form: str) -> dict:
    """Return a kept draft as the initial values of its form, {} when there is none."""
    kept = recall(owner_of(request), form)
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in kept.items()
    }


def discard(owner: str, form: str | None = None) -> int:
    """Throw away one draft, or all of an owner; return how many."""
    drafts = Draft.objects.filter(owner=owner)
    if form is not None:
        drafts = drafts.filter(form=form)
    return drafts.delete()[0]


def sweep() -> int:
    """Throw away drafts whose time is over; return how many."""
    return Draft.objects.filter(expires_at__lte=timezone.now()).delete()[0]
