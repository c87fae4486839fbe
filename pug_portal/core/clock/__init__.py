"""Dates, times, ages and clocks as an Indonesian office writes and counts them.

Pure functions: no model, no query, no request. Stored times are UTC; every
time a person reads is Asia/Jakarta (WIB). Import from this package, not from
its parts.
"""

from .ages import CHILD_UNTIL, AgeBand, age, age_words, band_for_age, band_for_birth, is_child
from .hours import OFFICE_WEEK, add_working_days, add_working_hours, due_after, is_working_time
from .periods import Period, month, month_of, quarter, quarter_of, semester, semester_of, year
from .reading import parse_date, parse_time
from .writing import (
    DAYS,
    MONTHS,
    MONTHS_SHORT,
    WIB,
    format_date,
    format_datetime,
    format_day,
    format_time,
    local,
    relative,
    today,
)

__all__ = [
    "CHILD_UNTIL",
    "DAYS",
    "MONTHS",
    "MONTHS_SHORT",
    "OFFICE_WEEK",
    "WIB",
    "AgeBand",
    "Period",
    "add_working_days",
    "add_working_hours",
    "age",
    "age_words",
    "band_for_age",
    "band_for_birth",
    "due_after",
    "format_date",
    "format_datetime",
    "format_day",
    "format_time",
    "is_child",
    "is_working_time",
    "local",
    "month",
    "month_of",
    "parse_date",
    "parse_time",
    "quarter",
    "quarter_of",
    "relative",
    "semester",
    "semester_of",
    "today",
    "year",
]
