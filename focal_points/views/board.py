"""Boards: all agencies by month for the secretariat, the own unit for its head."""

from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from focal_points import access, stats
from focal_points.models import Appointment, DutyPlan, DutyReport
from focal_points.views._ways import asked_year, own_agency, year_links
from focal_points.workflow import next_deadline
from institutions.models import Institution
from pug_portal.core import audit, clock, documents
from pug_portal.core.access import requires
from pug_portal.core.wording import format_number

KINDS = [
    ("", "Semua jenis"),
    ("dinas", "Dinas dan badan"),
    ("kecamatan", "Kecamatan"),
    ("lainnya", "Bagian, rumah sakit, dan lainnya"),
]
MOST = 7  # rows of one kind on the own board
_OFFICES = ("dinas", "badan", "sekretariat", "inspektorat", "satuan")


@requires("focal_points.view_board")
@require_GET
def board(request):
    """Agencies by month, a word in every cell."""
    year, kind = asked_year(request), request.GET.get("jenis", "")
    rows = stats.board(year, clock.today(), _agencies(kind))
    if request.GET.get("tampil") == "terlambat":
        rows = [row for row in rows if row.late]
    linked = request.user.has_perm("focal_points.view_dutyreport")
    context = {
        "year": year,
        "years": year_links(request, year),
        "kind": kind,
        "kinds": KINDS,
        "late_only": request.GET.get("tampil") == "terlambat",
        "columns": ["Perangkat Daerah", *clock.MONTHS_SHORT, "Terlapor"],
        "rows": [_heat_row(row, year, linked) for row in rows],
        "sentence": stats.city_line(rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "focal_points/board/board.html", context)


def _agencies(kind: str):
    agencies = Institution.objects.valid().agencies()
    if kind == "dinas":
        return agencies.filter(kind__in=_OFFICES)
    if kind == "kecamatan":
        return agencies.filter(kind="kecamatan")
    return agencies.exclude(kind__in=(*_OFFICES, "kecamatan")) if kind == "lainnya" else agencies


def _reports_url(agency: Institution, year: int) -> str:
    return f"{reverse('focal_points:agency_reports', args=[agency.pk])}?tahun={year}"


def _heat_row(row: stats.BoardRow, year: int, linked: bool) -> dict:
    cells = [{"text": cell.words, "level": int(cell.state)} for cell in row.cells]
    cells.append({"text": f"{row.reported}/12", "level": 0})
    return {
        "label": row.agency.abbreviation or row.agency.name,
        "url": _reports_url(row.agency, year) if linked else "",
        "cells": cells,
    }


@requires("focal_points.view_board")
@require_GET
def board_file(request, form):
    """The board as a file: xlsx or csv, with the filters of the page."""
    year = asked_year(request)
    rows = stats.board(year, clock.today(), _agencies(request.GET.get("jenis", "")))
    columns = ["Perangkat Daerah", "Singkatan", *clock.MONTHS, "Bulan terlapor", "Bulan terlambat"]
    lines = [_file_row(row) for row in rows]
    with transaction.atomic():
        audit.record("board.exported", by=request.user, year=year, rows=len(lines), form=form)
    name = f"laporan-focal-point-{year}.{form}"
    if form == "xlsx":
        content = documents.xlsx(columns, lines, title=f"Laporan {year}")
        return documents.download(name, content, documents.XLSX)
    return documents.download(name, documents.csv_text(columns, lines), documents.CSV)


def _file_row(row: stats.BoardRow) -> list:
    words = [cell.words for cell in row.cells]
    return [row.agency.name, row.agency.abbreviation, *words, row.reported, row.late]


@requires("focal_points.view_own_board")
@require_GET
def own_board(request):
    """One screen for the head of an agency: numbers, what is late, who is focal point."""
    agency = own_agency(request, access.board_agencies(request.user))
    year, today = asked_year(request), clock.today()
    people = sorted(Appointment.objects.current().filter(agency=agency), key=Appointment.rank)
    rows = stats.tallies(agency, year)
    bar = stats.year_bar(rows, year, today)
    plans = list(agency.duty_plans.of_year(year).with_progress())
    context = {
        "agency": agency,
        "year": year,
        "years": year_links(request, year),
        "bar": bar,
        "tiles": _tiles(agency, year),
        "late": [*_late_months(bar), *_returned(agency, year), *_missed(plans, today)],
        "duties": stats.duty_progress(rows, plans),
        "people": people,
        "due": next_deadline(today),
        "sees_desk": agency.pk in access.desk_agencies(request.user),
    }
    return render(request, "focal_points/board/own_board.html", context)


def _tiles(agency, year: int) -> list[dict]:
    """Four numbers, each with the median of the city; they lead to the list they count."""
    url = _reports_url(agency, year)
    return [
        {
            "value": format_number(one.own),
            "label": one.label,
            "url": url,
            "detail": one.note,
            "note": one.sentence,
        }
        for one in stats.comparisons(agency, year)
    ]


def _late_months(bar: stats.YearBar) -> list[dict]:
    names = [clock.MONTHS[number - 1] for number in bar.late_months]
    why = "belum ada laporan terkirim"
    return [{"title": f"Laporan {name}", "why": why, "tone": "late"} for name in names]


def _returned(agency, year: int) -> list[dict]:
    found = DutyReport.objects.of_year(year).returned().filter(agency=agency).order_by("held_on")
    return [
        {
            "title": report.title,
            "url": report.get_absolute_url(),
            "why": "dikembalikan untuk diperbaiki",
            "tone": "wait",
        }
        for report in found[:MOST]
    ]


def _missed(plans: list[DutyPlan], today) -> list[dict]:
    """Return plans whose month is over and nobody has reported on."""
    over = [one for one in plans if not one.has_report and (one.year, one.month) < (today.year, today.month)]
    return [
        {
            "title": one.activity,
            "why": f"direncanakan {clock.MONTHS[one.month - 1]}, belum dilaporkan",
            "tone": "wait",
        }
        for one in over[:MOST]
    ]
