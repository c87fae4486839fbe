"""Put people on the list, one by one or many; change and withdraw them."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.access import ensure
from activities.models import Activity, Participant
from activities.workflow import Move
from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.numbers import next_number

CODES = 1_000_000  # six digits
EDITABLE = ("name", "sex", "origin", "position", "group", "region", "contact", "may_contact")


class QuotaFull(Refused):
    """The list is full; the person who keeps it may go beyond knowingly."""


@transaction.atomic
def register(activity: Activity, *, by: Any, beyond_quota: bool = False, **person: Any) -> Participant:
    """Put one person on the list and return the row with its number and ticket code.

    `person`: name and sex ("L"/"P"), optionally origin, position, group, region, contact and
    may_contact. Raises QuotaFull unless `beyond_quota`.
    """
    ensure(by, Move.REGISTER, activity)
    row = _next_row(activity, person)
    _respect_quota(activity, 1, beyond_quota)
    row.code = _free_codes(activity, 1)[0]
    row.save(force_insert=True)
    audit.record("participant.registered", row, by=by, beyond_quota=beyond_quota)
    return row


@transaction.atomic
def register_many(
    activity: Activity, *, people: list[dict[str, Any]], by: Any, beyond_quota: bool = False
) -> list[Participant]:
    """Put several people on the list, all or none."""
    ensure(by, Move.REGISTER, activity)
    rows = [_next_row(activity, person) for person in people]
    _respect_quota(activity, len(rows), beyond_quota)
    for row, code in zip(rows, _free_codes(activity, len(rows)), strict=True):
        row.code = code
    Participant.objects.bulk_create(rows)
    audit.record("participant.registered", activity, by=by, count=len(rows))
    return rows


def _next_row(activity: Activity, person: dict[str, Any]) -> Participant:
    """Return an unsaved row. Its number comes from a locked counter, so two desks never share one."""
    person = {**person, "contact": person.get("contact") or None}
    if person["contact"] is None:
        person["may_contact"] = False
    return Participant(activity=activity, number=next_number(f"participant/{activity.pk}"), **person)


def _respect_quota(activity: Activity, more: int, beyond: bool) -> None:
    if activity.quota is None or beyond:
        return
    taken = activity.participants.registered().count()
    if taken + more > activity.quota:
        raise QuotaFull(
            f"Kuota {activity.quota} orang, sudah terdaftar {taken}. Centang "
            "“tetap daftarkan” bila tempatnya cukup."
        )


def _free_codes(activity: Activity, count: int) -> list[str]:
    taken = set(activity.participants.values_list("code", flat=True))
    fresh: list[str] = []
    while len(fresh) < count:
        code = f"{secrets.randbelow(CODES):06d}"
        if code not in taken:
            taken.add(code)
            fresh.append(code)
    return fresh


@transaction.atomic
def change_participant(person: Participant, *, by: Any, **values: Any) -> list[str]:
    """Correct what is written about a participant; return the names of changed fields."""
    ensure(by, Move.REGISTER, person.activity)
    values["contact"] = values.get("contact") or None
    changed = [name for name in EDITABLE if name in values and getattr(person, name) != values[name]]
    for name in changed:
        setattr(person, name, values[name])
    if person.contact is None:
        person.may_contact = False
    person.save()
    audit.record("participant.changed", person, by=by, fields=sorted(changed))
    return changed


@transaction.atomic
def withdraw_participant(person: Participant, *, by: Any) -> None:
    """Take somebody off the list; who was marked present stays."""
    ensure(by, Move.REGISTER, person.activity)
    if person.attendances.exists():
        raise Refused("Peserta ini sudah tercatat hadir. Urungkan kehadirannya dulu.")
    changed = Participant.objects.filter(pk=person.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if changed:
        audit.record("participant.withdrawn", person, by=by)


@transaction.atomic
def restore_participant(person: Participant, *, by: Any) -> None:
    """Put somebody back on the list, with the same number and code."""
    ensure(by, Move.REGISTER, person.activity)
    if Participant.objects.filter(pk=person.pk).exclude(withdrawn_at=None).update(withdrawn_at=None):
        audit.record("participant.registered", person, by=by, again=True)
