"""Counting who came, by sex: plain rows, no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from activities.models import Activity, Attendance, Kind, Participant, Theme
from pug_portal.core.clock import MONTHS_SHORT, local


@dataclass
class Counts:
    """People of one activity: on the list, and seen at the door."""

    registered_female: int = 0
    registered_male: int = 0
    came_female: int = 0
    came_male: int = 0

    @property
    def registered(self) -> int:
        return self.registered_female + self.registered_male

    @property
    def came(self) -> int:
        return self.came_female + self.came_male


@dataclass
class Row:
    """One line of a table: activities, women and men who came."""

    label: str
    activities: int = 0
    female: int = 0
    male: int = 0

    @property
    def total(self) -> int:
        return self.female + self.male

    @property
    def share_female(self) -> float | None:
        """Women per hundred people who came, None when nobody came."""
        return 100 * self.female / self.total if self.total else None


def counts_of(ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """Return the counts of each activity in one query; each person counts once, however many days."""
    ids = list(ids)
    there = Exists(Attendance.objects.filter(participant=OuterRef("pk")))
    found = (
        Participant.objects.filter(activity__in=ids, withdrawn_at__isnull=True)
        .annotate(there=there)
        .order_by()
        .values("activity_id")
        .annotate(
            registered_female=Count("pk", filter=Q(sex="P")),
            registered_male=Count("pk", filter=Q(sex="L")),
            came_female=Count("pk", filter=Q(sex="P", there=True)),
            came_male=Count("pk", filter=Q(sex="L", there=True)),
        )
    )
    counts = {row.pop("activity_id"): Counts(**row) for row in found}
    return {pk: counts.get(pk) or Counts() for pk in ids}


def counts_of_one(activity: Activity) -> Counts:
    """Return the counts of one activity."""
    return counts_of([activity.pk])[activity.pk]


def _by_kind(activity: Activity) -> str:
    return str(Kind(activity.kind).label)


def _by_theme(activity: Activity) -> str:
    return str(Theme(activity.theme).label)


def _by_month(activity: Activity) -> str:
    day = local(activity.starts_at)
    return f"{MONTHS_SHORT[day.month - 1]} {day.year}"


def _by_organiser(activity: Activity) -> str:
    return activity.organiser.abbreviation or activity.organiser.name


def _by_itself(activity: Activity) -> str:
    return activity.title


GROUPS = {
    "activity": _by_itself,
    "kind": _by_kind,
    "theme": _by_theme,
    "month": _by_month,
    "organiser": _by_organiser,
}


def people_by_sex(activities: QuerySet[Activity], by: str = "kind") -> list[Row]:
    """Return rows of who came, grouped by "activity", "kind", "theme", "month" or "organiser".

    Rows stand in the order of time for "activity" and "month", most people first otherwise.
    Reported activities count as reported; the others as seen at the door so far. Two queries.
    """
    chosen = list(
        activities.select_related("organiser")
        .only(
            "title",
            "kind",
            "theme",
            "starts_at",
            "present_female",
            "present_male",
            "organiser__name",
            "organiser__abbreviation",
        )
        .order_by("starts_at", "id")
    )
    doors = counts_of(row.pk for row in chosen if row.present_female is None)
    rows: dict[str, Row] = {}
    for activity in chosen:
        label = GROUPS[by](activity)
        key = str(activity.pk) if by == "activity" else label
        _add(rows.setdefault(key, Row(label)), activity, doors.get(activity.pk))
    listed = list(rows.values())
    return listed if by in ("activity", "month") else sorted(listed, key=lambda row: -row.total)


def _add(row: Row, activity: Activity, door: Counts | None) -> None:
    row.activities += 1
    row.female += door.came_female if door else activity.present_female or 0
    row.male += door.came_male if door else activity.present_male or 0


def total(rows: Iterable[Row], label: str = "Jumlah") -> Row:
    """Return the foot of a table."""
    foot = Row(label)
    for row in rows:
        foot.activities += row.activities
        foot.female += row.female
        foot.male += row.male
    return foot
