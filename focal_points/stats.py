"""Counting: months, duties and participants of agencies. Plain rows out, few queries whatever the size.

A report counts in the month of its activity. "Reported" means it left its author (submitted,
returned or approved); figures of participants and duties count approved reports only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth

from focal_points.models import Duty, DutyPlan, DutyReport
from focal_points.workflow import MonthState, month_state
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.review import Stage
from pug_portal.core.wording import format_number

APPROVED = Q(stage__in=[Stage.APPROVED, Stage.PUBLISHED])
SENT = ~Q(stage=Stage.DRAFT)


@dataclass(frozen=True)
class MonthCell:
    """One month of one agency: its state and how many reports it holds."""

    month: int
    state: MonthState
    reports: int

    @property
    def words(self) -> str:
        if self.state == MonthState.AHEAD:
            return "–"
        return f"{self.reports} {_CELL_WORDS[self.state]}" if self.reports else _CELL_WORDS[self.state]


_CELL_WORDS = {
    MonthState.OPEN: "tunggu",
    MonthState.LATE: "telat",
    MonthState.RETURNED: "revisi",
    MonthState.SUBMITTED: "telaah",
    MonthState.APPROVED: "sah",
}
_TONES = {
    MonthState.AHEAD: "none",
    MonthState.OPEN: "none",
    MonthState.LATE: "late",
    MonthState.RETURNED: "wait",
    MonthState.SUBMITTED: "wait",
    MonthState.APPROVED: "ok",
}


@dataclass(frozen=True)
class BoardRow:
    """Twelve months of one agency."""

    agency: Institution
    cells: tuple[MonthCell, ...]

    @property
    def reported(self) -> int:
        return sum(cell.state >= MonthState.RETURNED for cell in self.cells)

    @property
    def late(self) -> int:
        return sum(cell.state == MonthState.LATE for cell in self.cells)


def board(year: int, today: date, agencies=None) -> list[BoardRow]:
    """Return a row per valid agency in two queries; `agencies` narrows the queryset."""
    if agencies is None:
        agencies = Institution.objects.valid().agencies()
    found = _stages_by_month(DutyReport.objects.of_year(year).filter(SENT))
    rows = agencies.only("id", "name", "abbreviation", "kind").order_by("name")
    return [BoardRow(agency, _cells(found[agency.pk], year, today)) for agency in rows]


def _stages_by_month(reports) -> dict[UUID, dict[int, dict[str, int]]]:
    """{agency: {month: {stage: count}}}"""
    found: dict = defaultdict(lambda: defaultdict(dict))
    counted = reports.order_by().values("agency_id", "stage", month=ExtractMonth("held_on"))
    for row in counted.annotate(n=Count("pk")):
        found[row["agency_id"]][row["month"]][row["stage"]] = row["n"]
    return found


@dataclass(frozen=True)
class Tally:
    """How many reports of one agency and year stand in one month, duty and stage."""

    month: int
    duty: int
    stage: str
    count: int


def tallies(agency: Institution, year: int) -> list[Tally]:
    """Return an agency's year in one query, at most a few hundred rows."""
    sent = DutyReport.objects.of_year(year).filter(SENT, agency=agency).order_by()
    rows = sent.values_list(ExtractMonth("held_on"), "duty", "stage").annotate(Count("pk"))
    return [Tally(*row) for row in rows]


def _cells(months: dict[int, dict[str, int]], year: int, today: date) -> tuple[MonthCell, ...]:
    return tuple(
        MonthCell(
            number,
            month_state(year, number, set(months.get(number, {})), today),
            sum(months.get(number, {}).values()),
        )
        for number in range(1, 13)
    )


@dataclass(frozen=True)
class YearBar:
    """A year of one agency as `components/year_bar.html` shows it."""

    text: str
    months: list[tuple[str, str, str]]
    late_months: list[int]


def year_bar(rows: list[Tally], year: int, today: date) -> YearBar:
    """Return the year of one agency, drawn from its tallies."""
    stages: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        stages[row.month][row.stage] += row.count
    cells = _cells(stages, year, today)
    reported = sum(cell.state >= MonthState.RETURNED for cell in cells)
    return YearBar(
        f"{reported} dari 12 bulan",
        [(clock.MONTHS_SHORT[cell.month - 1], cell.state.label, _TONES[cell.state]) for cell in cells],
        [cell.month for cell in cells if cell.state == MonthState.LATE],
    )


@dataclass(frozen=True)
class AgencyYear:
    """Four numbers of an agency's year."""

    months: int = 0
    approved: int = 0
    women: int = 0
    men: int = 0
    duties: int = 0

    @property
    def participants(self) -> int:
        return self.women + self.men


def agency_years(year: int) -> dict[UUID, AgencyYear]:
    """Return the numbers of every agency that sent anything in the year, in one query."""
    rows = (
        DutyReport.objects.of_year(year)
        .filter(SENT)
        .order_by()
        .values("agency_id")
        .annotate(
            months=Count(ExtractMonth("held_on"), distinct=True),
            approved=Count("pk", filter=APPROVED),
            women=Sum("women", filter=APPROVED, default=0),
            men=Sum("men", filter=APPROVED, default=0),
            duties=Count("duty", filter=APPROVED, distinct=True),
        )
    )
    return {row.pop("agency_id"): AgencyYear(**row) for row in rows}


@dataclass(frozen=True)
class Comparison:
    """One number of the own unit beside the city's median."""

    label: str
    own: int
    middle: float
    note: str = ""

    @property
    def sentence(self) -> str:
        side = "Sama dengan" if self.own == self.middle else "Di atas"
        if self.own < self.middle:
            side = "Di bawah"
        return f"{side} median kota ({format_number(self.middle)})"


def comparisons(agency: Institution, year: int) -> list[Comparison]:
    """Return four numbers of one agency, each with the median of all agencies. Two queries."""
    years = agency_years(year)
    own = years.get(agency.pk, AgencyYear())
    count = Institution.objects.valid().agencies().count()
    # Agencies that sent nothing count with zero, or the median would flatter.
    everyone = [*years.values(), *[AgencyYear()] * (count - len(years))] or [own]
    return [
        Comparison("bulan terlapor", own.months, _middle(everyone, "months"), "dari 12 bulan"),
        Comparison("laporan disetujui", own.approved, _middle(everyone, "approved")),
        Comparison(
            "peserta",
            own.participants,
            _middle(everyone, "participants"),
            f"{own.women} perempuan, {own.men} laki-laki",
        ),
        Comparison("tugas tersentuh", own.duties, _middle(everyone, "duties"), "dari 6 tugas"),
    ]


def _middle(years: list[AgencyYear], name: str) -> float:
    return median(getattr(one, name) for one in years)


@dataclass(frozen=True)
class DutyProgress:
    """One duty of an agency in a year: approved reports beside the yearly minimum."""

    duty: Duty
    approved: int
    waiting: int
    planned: int

    @property
    def missing(self) -> int:
        return max(0, self.duty.minimum - self.approved)

    @property
    def state(self) -> tuple[str, str]:
        """Return (word, tone)."""
        if not self.missing:
            return "Cukup", "ok"
        return (f"Kurang {self.missing}", "wait" if self.waiting or self.approved else "plain")


def duty_progress(rows: list[Tally], plans: Iterable[DutyPlan]) -> list[DutyProgress]:
    """Return the six duties of one agency from its tallies and its plans of the same year."""
    planned = Counter(plan.duty for plan in plans)
    approved: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for row in rows:
        into = approved if row.stage in (Stage.APPROVED, Stage.PUBLISHED) else waiting
        into[row.duty] += row.count
    return [DutyProgress(one, approved[one], waiting[one], planned[one]) for one in Duty]


def city_line(rows: list[BoardRow]) -> str:
    """Return the finding of a board as one sentence."""
    if not rows:
        return "Belum ada lembaga yang tercatat."
    complete = sum(not row.late for row in rows)
    months = sum(row.late for row in rows)
    words = f"{complete} dari {len(rows)} lembaga tidak punya bulan yang terlambat."
    return f"{words} Seluruhnya ada {months} bulan terlambat." if months else words
