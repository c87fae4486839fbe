"""Clocks that run: the law's hours through nights and weekends, the office's hours not.

The office decides its own hours and holidays; OFFICE_WEEK is a starting value
and every function takes another week.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from .writing import WIB, local

Week = Mapping[int, tuple[time, time]]

# weekday (Monday = 0) -> opening and closing time
OFFICE_WEEK: Final[Week] = {weekday: (time(8), time(16)) for weekday in range(5)}
_LONGEST_SEARCH: Final = 3700  # days; a week without a single open day must not loop for ever


def due_after(start: datetime, hours: float) -> datetime:
    """The end of a legal term counted in hours, through nights, weekends and holidays.

    `3 x 24 jam` is due_after(start, 72). The time zone of start is kept.
    """
    return start + timedelta(hours=hours)


def is_working_time(moment: datetime, *, week: Week = OFFICE_WEEK, holidays: Collection[date] = ()) -> bool:
    wall = local(moment)
    span = _span(wall.date(), week, holidays)
    return span is not None and span[0] <= wall < span[1]


def add_working_hours(
    start: datetime, hours: float, *, week: Week = OFFICE_WEEK, holidays: Collection[date] = ()
) -> datetime:
    """The moment when so many office hours have passed, in Asia/Jakarta.

    Started outside office hours, the clock begins at the next opening.
    Raises ValueError when the week has no open day.
    """
    left = timedelta(hours=hours)
    wall = local(start)
    for offset in range(_LONGEST_SEARCH):
        span = _span(wall.date() + timedelta(days=offset), week, holidays)
        if span is None:
            continue
        begin = max(span[0], wall)
        if begin < span[1]:
            if left <= span[1] - begin:
                return begin + left
            left -= span[1] - begin
    raise ValueError("Tidak ada jam kerja pada kalender ini.")


def add_working_days(
    start: date, days: int, *, week: Week = OFFICE_WEEK, holidays: Collection[date] = ()
) -> date:
    """The date so many working days after start; start itself is not counted."""
    day = start
    for _ in range(_LONGEST_SEARCH):
        if days <= 0:
            return day
        day += timedelta(days=1)
        if _span(day, week, holidays):
            days -= 1
    raise ValueError("Tidak ada hari kerja pada kalender ini.")


def _span(day: date, week: Week, holidays: Collection[date]) -> tuple[datetime, datetime] | None:
    if day in holidays or day.weekday() not in week:
        return None
    opens, closes = week[day.weekday()]
    return datetime.combine(day, opens, WIB), datetime.combine(day, closes, WIB)
