"""The way of a duty report: verbs, the stages they start from, and the dates of the office.

The stages themselves are those of `core.review`. The day a month's report is expected and the time
for repairs are decisions of the secretariat, not law (domain study §1.2).
"""

from datetime import date, timedelta

from django.db.models import IntegerChoices, TextChoices

REPORT_DAY = 10  # a month's report is expected until the 10th of the next month
REPAIR_DAYS = 7  # working days to repair what was returned
UNDO_SECONDS = 10  # how long a decision can be taken back
UNDO_GRACE = 5  # for the way through a slow network
EARLIEST_YEAR = 2015


class Verb(TextChoices):
    LOG = "log", "mencatat laporan"
    CHANGE = "change", "mengubah laporan"
    SUBMIT = "submit", "mengirim laporan"
    SEND_BACK = "send_back", "mengembalikan laporan"
    APPROVE = "approve", "menyetujui laporan"
    UNDO = "undo", "mengurungkan putusan"


# verb -> stages it starts from; the values are those of core.review.Stage
SOURCES: dict[str, frozenset[str]] = {
    Verb.CHANGE: frozenset({"draft", "returned"}),
    Verb.SUBMIT: frozenset({"draft", "returned"}),
    Verb.SEND_BACK: frozenset({"submitted"}),
    Verb.APPROVE: frozenset({"submitted"}),
    Verb.UNDO: frozenset({"approved", "returned"}),
}


class MonthState(IntegerChoices):
    """What one month of one agency looks like; the number orders from nothing to done."""

    AHEAD = 0, "belum waktunya"
    OPEN = 1, "ditunggu"
    LATE = 2, "terlambat"
    RETURNED = 3, "diperbaiki"
    SUBMITTED = 4, "ditelaah"
    APPROVED = 5, "disetujui"


def deadline(year: int, month: int) -> date:
    """Return the last day on which the report of a month is in time."""
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return first_of_next + timedelta(days=REPORT_DAY - 1)


def next_deadline(today: date) -> date:
    """Return the next such day, today included."""
    last_month = today.replace(day=1) - timedelta(days=1)
    due = deadline(last_month.year, last_month.month)
    return due if due >= today else deadline(today.year, today.month)


def last_due_month(today: date) -> date:
    """Return the first day of the newest month whose report should be here by now."""
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if deadline(month.year, month.month) >= today:
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def month_state(year: int, month: int, stages: set[str], today: date) -> MonthState:
    """Return the state of a month from the stages of its reports; drafts count as nothing yet."""
    for stage, state in _BY_STAGE:
        if stage in stages:
            return state
    if date(year, month, 1) > today:
        return MonthState.AHEAD
    return MonthState.LATE if deadline(year, month) < today else MonthState.OPEN


# The best report of a month speaks for it.
_BY_STAGE = (
    ("published", MonthState.APPROVED),
    ("approved", MonthState.APPROVED),
    ("submitted", MonthState.SUBMITTED),
    ("returned", MonthState.RETURNED),
)
