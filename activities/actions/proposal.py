"""Propose, change, submit, send back, approve."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from activities import emails
from activities.access import ensure, ensure_may_propose_for
from activities.actions import publication
from activities.models import Activity
from activities.workflow import PROPOSAL, Move
from pug_portal.core import audit, review
from pug_portal.core.clock import local
from pug_portal.core.versions import claim

MANY = ("partners", "legal_bases")


@transaction.atomic
def propose(*, values: dict[str, Any], by: Any, copied_from: Activity | None = None) -> Activity:
    """Write down a new activity as a draft and return it.

    `values`: field -> value as the proposal form cleans them; `partners` and `legal_bases` are
    lists of rows. Raises Refused for an institution that is not `by`'s.
    """
    ensure_may_propose_for(by, values["organiser"])
    plain = {name: value for name, value in values.items() if name not in MANY}
    activity = Activity(author=by, copied_from=copied_from, **plain)
    activity.slug = _free_slug(activity)
    activity.save(force_insert=True)
    _set_many(activity, values)
    source = copied_from.slug if copied_from else ""
    audit.record("activity.proposed", activity, by=by, copied_from=source)
    return activity


@transaction.atomic
def change(activity: Activity, *, values: dict[str, Any], version: int | None = None, by: Any) -> list[str]:
    """Change what the proposal says; return the names of changed fields.

    Raises Stale when somebody saved first.
    """
    # Judged by what is stored: a form may already have written into `activity`.
    stored = Activity.objects.get(pk=activity.pk)
    ensure(by, Move.CHANGE, stored)
    if values.get("organiser", stored.organiser) != stored.organiser:
        ensure_may_propose_for(by, values["organiser"])
    claim(activity, version)
    changed = [name for name, value in values.items() if _differs(stored, name, value)]
    for name in changed:
        if name not in MANY:
            setattr(activity, name, values[name])
    if "title" in changed and activity.stage in PROPOSAL:
        activity.slug = _free_slug(activity)
    activity.save()
    _set_many(activity, values)
    if "ends_at" in changed and activity.is_public:
        publication.expect_report(activity)
    audit.record("activity.changed", activity, by=by, fields=sorted(changed))
    return changed


def _differs(activity: Activity, name: str, value: Any) -> bool:
    if name in MANY:
        return set(getattr(activity, name).values_list("pk", flat=True)) != {row.pk for row in value}
    return getattr(activity, name) != value


def _set_many(activity: Activity, values: dict[str, Any]) -> None:
    for name in MANY:
        if name in values:
            getattr(activity, name).set(values[name])


def _free_slug(activity: Activity) -> str:
    """Return an address made of title and month that no other activity has."""
    month = f"{local(activity.starts_at):%Y-%m}"
    stem = f"{slugify(activity.title)[:70].strip('-') or 'kegiatan'}-{month}"
    others = Activity.objects.exclude(pk=activity.pk).filter(slug__startswith=stem)
    taken = set(others.values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)


@transaction.atomic
def submit(activity: Activity, *, by: Any) -> None:
    """Hand the proposal to the secretariat."""
    ensure(by, Move.SUBMIT, activity)
    review.submit(activity, by=by)


@transaction.atomic
def send_back(activity: Activity, *, notes: dict[str, str], by: Any) -> None:
    """Return the proposal with a reason at each named field."""
    ensure(by, Move.SEND_BACK, activity)
    review.send_back(activity, notes=notes, by=by)
    emails.proposal_returned(activity)


@transaction.atomic
def approve(activity: Activity, *, by: Any) -> None:
    """Accept the proposal as it was submitted."""
    ensure(by, Move.APPROVE, activity)
    review.approve(activity, by=by)
    emails.proposal_approved(activity)
