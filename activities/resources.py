"""The list of participants as a file: which columns leave, with and without names."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from activities.access import ensure_keeps_list, visible_participants
from activities.forms.people import show_contact
from activities.models import Activity, Participant
from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.documents import Column, csv_text, xlsx

OPEN = [
    Column("No.", 6),
    Column("L/P", 6),
    Column("Instansi atau lembaga", 36),
    Column("Unsur", 24),
    Column("Kelurahan", 28),
    Column("Hadir (hari)", 12),
]
NAMES = [
    Column("Nama", 32),
    Column("Jabatan", 24),
    Column("Telepon atau surel", 28),
    Column("Bersedia dihubungi", 12),
]


@transaction.atomic
def export(activity: Activity, *, form: str, with_names: bool, reason: str, by: Any) -> str | bytes:
    """Return the list as "xlsx" bytes or "csv" text; recorded, with the reason when names leave."""
    ensure_keeps_list(by, activity)
    if not by.has_perm("activities.export_participant"):
        raise Refused("Anda tidak memegang hak mengunduh daftar peserta.")
    people = visible_participants(by, activity).registered()
    rows = list(_rows(people.select_related("region__parent"), with_names))
    columns = OPEN + (NAMES if with_names else [])
    audit.record("export.made", activity, by=by, reason=reason, names=with_names, count=len(rows), form=form)
    return csv_text(columns, rows) if form == "csv" else xlsx(columns, rows, title="Peserta")


def _rows(people: Iterable[Participant], with_names: bool) -> Iterator[list[Any]]:
    days = _days_by_person(people)
    for person in people:
        yield [*_open_cells(person, days), *(_name_cells(person) if with_names else [])]


def _days_by_person(people) -> dict:
    pairs = people.values_list("pk", "attendances__day").order_by()
    days: dict = {}
    for pk, day in pairs:
        days[pk] = days.get(pk, 0) + (day is not None)
    return days


def _open_cells(person: Participant, days: dict) -> list[Any]:
    place = str(person.region) if person.region_id else ""
    group = person.get_group_display() if person.group else ""
    return [person.number, person.sex, person.origin, group, place, days.get(person.pk, 0)]


def _name_cells(person: Participant) -> list[Any]:
    return [person.name, person.position, show_contact(person.contact), person.may_contact]
