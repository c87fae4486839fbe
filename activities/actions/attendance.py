"""Mark who is there, by tick, ticket code or name; take a mark back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.access import ensure, visible_participants
from activities.models import Activity, Attendance, Participant
from activities.workflow import Move
from pug_portal.core import audit
from pug_portal.core.access import Refused


@dataclass(frozen=True)
class Answer:
    """What the desk calls out: HADIR, SUDAH HADIR with the time, or TIDAK TERDAFTAR."""

    participant: Participant | None
    attendance: Attendance | None
    is_new: bool = False


@transaction.atomic
def mark(person: Participant, *, day: date, way: str, by: Any) -> Answer:
    """Mark a participant present on `day`; marking twice keeps the first time."""
    activity = person.activity
    ensure(by, Move.MARK, activity)
    _ensure_day(activity, day)
    if person.withdrawn_at:
        raise Refused("Pendaftaran orang ini sudah dibatalkan. Pulihkan dulu di daftar peserta.")
    row, is_new = Attendance.objects.get_or_create(
        participant=person, day=day, defaults={"by": by, "way": way}
    )
    if is_new:
        audit.record("attendance.marked", person, by=by, day=day.isoformat(), way=way)
    return Answer(person, row, is_new)


@transaction.atomic
def mark_many(activity: Activity, *, people: list[Participant], day: date, way: str, by: Any) -> list[Answer]:
    """Mark several people of one list present, all or none."""
    ensure(by, Move.MARK, activity)
    for person in people:
        person.activity = activity
    return [mark(person, day=day, way=way, by=by) for person in people]


def mark_code(activity: Activity, *, code: str, day: date, by: Any) -> Answer:
    """Mark whoever holds the six-digit ticket code; unknown codes mark nobody."""
    person = visible_participants(by, activity).registered().filter(code=code).first()
    if person is None:
        ensure(by, Move.MARK, activity)
        return Answer(None, None)
    person.activity = activity
    return mark(person, day=day, way=Attendance.Way.CODE, by=by)


@transaction.atomic
def undo(person: Participant, *, day: date, by: Any) -> bool:
    """Take back a mark of `day`; return whether there was one."""
    ensure(by, Move.MARK, person.activity)
    removed, _ = Attendance.objects.filter(participant=person, day=day).delete()
    if removed:
        audit.record("attendance.undone", person, by=by, day=day.isoformat())
    return bool(removed)


def _ensure_day(activity: Activity, day: date) -> None:
    if day not in activity.days:
        raise Refused("Tanggal itu bukan hari pelaksanaan kegiatan ini.")
    if day > timezone.localdate():
        raise Refused("Hari itu belum tiba.")
