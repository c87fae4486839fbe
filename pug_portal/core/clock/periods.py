"""Months, quarters, semesters and years of the reports, bounded in Asia/Jakarta."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from .writing import MONTHS, WIB

_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """Whole calendar months: `months` of them, beginning with `first` (a first of a month)."""

    first: date
    months: int
    label: str

    @property
    def last(self) -> date:
        return _plus_months(self.first, self.months) - timedelta(days=1)

    @property
    def starts(self) -> datetime:
        """First moment, aware. Filter rows by `starts <= t < ends`."""
        return datetime.combine(self.first, time(), WIB)

    @property
    def ends(self) -> datetime:
        """First moment after the period, aware."""
        return datetime.combine(_plus_months(self.first, self.months), time(), WIB)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def previous(self) -> Period:
        return _period(_plus_months(self.first, -self.months), self.months)

    def next(self) -> Period:
        return _period(_plus_months(self.first, self.months), self.months)


def month(year_number: int, number: int) -> Period:
    return _period(date(year_number, number, 1), 1)


def quarter(year_number: int, number: int) -> Period:
    """number 1 to 4; raises ValueError outside."""
    return _period(date(year_number, 3 * number - 2, 1), 3)


def semester(year_number: int, number: int) -> Period:
    """number 1 or 2; raises ValueError outside."""
    return _period(date(year_number, 6 * number - 5, 1), 6)


def year(number: int) -> Period:
    return _period(date(number, 1, 1), 12)


def month_of(day: date) -> Period:
    return month(day.year, day.month)


def quarter_of(day: date) -> Period:
    return quarter(day.year, (day.month + 2) // 3)


def semester_of(day: date) -> Period:
    return semester(day.year, (day.month + 5) // 6)


def _plus_months(first: date, count: int) -> date:
    index = first.year * 12 + first.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def _period(first: date, months: int) -> Period:
    return Period(first, months, _label(first, months))


def _label(first: date, months: int) -> str:
    if months == 1:
        return f"{MONTHS[first.month - 1]} {first.year}"
    if months == 3:
        return f"Triwulan {_ROMAN[first.month // 3]} {first.year}"
    if months == 6:
        return f"Semester {_ROMAN[first.month // 6]} {first.year}"
    return str(first.year)
