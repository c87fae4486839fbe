"""The calendar: a month as weeks of days, and activities grouped by month for the list."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from activities.models import Activity, Kind
from pug_portal.core.clock import Period, local, month, month_of

# One letter per kind, so that colour is never alone (ux.md 6.3)
LETTERS = {
    Kind.SOCIALISATION: "S",
    Kind.ADVOCACY: "A",
    Kind.TRAINING: "P",
    Kind.FACILITATORS: "T",
    Kind.WORKSHOP: "L",
    Kind.DISCUSSION: "F",
    Kind.COORDINATION: "R",
    Kind.DESK: "D",
    Kind.ASSISTANCE: "N",
    Kind.CAMPAIGN: "K",
    Kind.BROADCAST: "B",
    Kind.COMMUNITY: "M",
    Kind.VISIT: "J",
    Kind.MONITORING: "O",
    Kind.CONTEST: "I",
}


@dataclass
class Day:
    """One cell of the month."""

    date: date
    in_month: bool
    is_today: bool
    activities: list[Activity] = field(default_factory=list)


def read_month(text: str | None, today: date) -> Period:
    """Return the month meant by "2026-11"; this month for anything else."""
    try:
        year, number = (int(part) for part in (text or "").split("-"))
        if not 2000 <= year <= 2100:
            raise ValueError
        return month(year, number)
    except ValueError:
        return month_of(today)


def weeks(period: Period, activities: Iterable[Activity], today: date) -> list[list[Day]]:
    """Return the month in weeks from Monday; an activity of several days stands in each of them."""
    grid = calendar.Calendar().monthdatescalendar(period.first.year, period.first.month)
    rows = [[Day(day, day in period, day == today) for day in week] for week in grid]
    cells = {cell.date: cell for row in rows for cell in row}
    for activity in activities:
        activity.letter = LETTERS[activity.kind]
        for day in activity.days:
            if day in cells:
                cells[day].activities.append(activity)
    return rows


def by_month(activities: Iterable[Activity]) -> list[tuple[str, list[Activity]]]:
    """Return (month in words, its activities) in the given order."""
    groups: list[tuple[str, list[Activity]]] = []
    for activity in activities:
        label = month_of(local(activity.starts_at).date()).label
        if not groups or groups[-1][0] != label:
            groups.append((label, []))
        groups[-1][1].append(activity)
    return groups
