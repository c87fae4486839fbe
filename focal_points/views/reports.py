"""The focal point's desk: own reports, logging one, changing it, sending it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from focal_points import access, stats
from focal_points.actions import evidence
from focal_points.actions import reports as actions
from focal_points.forms.reports import ChangeReportForm, ReportForm
from focal_points.models import DutyReport
from focal_points.views._ways import asked_year, own_agency, see_address, see_other, year_links
from focal_points.workflow import Verb, next_deadline
from institutions.models import Document
from pug_portal.core import clock, drafts, uploads
from pug_portal.core.access import requires
from pug_portal.core.idempotency import once
from pug_portal.core.lists import KeysetPage
from pug_portal.core.models import ReviewNote
from pug_portal.core.review import Stage
from pug_portal.core.wording import format_number

TONES = {
    Stage.DRAFT: "plain",
    Stage.SUBMITTED: "wait",
    Stage.RETURNED: "late",
    Stage.APPROVED: "ok",
    Stage.PUBLISHED: "ok",
}
COLUMNS = [
    {"label": "Kegiatan"},
    {"label": "Tanggal"},
    {"label": "Perempuan", "number": True},
    {"label": "Laki-laki", "number": True},
    {"label": "Status"},
]
SENT_WORDS = "Laporan terkirim. Sekretariat menelaahnya, dan Anda diberi tahu bila ada yang perlu diperbaiki."
STAGE_LABELS = dict(Stage.choices)


@requires("focal_points.report_duty")
@require_GET
def reports(request):
    """Own agency's reports of a year, newest first."""
    agency, year = own_agency(request), asked_year(request)
    found = access.visible_reports(request.user).filter(agency=agency).of_year(year)
    stage = request.GET.get("status", "")
    if stage in Stage.values:
        found = found.filter(stage=stage)
    page = KeysetPage(found, order=("-held_on", "id"), params=request.GET)
    today = clock.today()
    context = {
        "agency": agency,
        "year": year,
        "years": year_links(request, year),
        "page": page,
        "rows": [_list_row(report) for report in page],
        "columns": COLUMNS,
        "stage": stage,
        "stages": [("", "Semua"), *Stage.choices[:4]],
        "bar": stats.year_bar(stats.tallies(agency, year), year, today),
        "returned": list(DutyReport.objects.returned().filter(agency=agency)[:7]),
        "due": next_deadline(today),
    }
    return render(request, "focal_points/reports/reports.html", context)


def _list_row(report: DutyReport) -> dict:
    url = reverse("focal_points:report", args=[report.pk])
    return {
        "cells": [
            {"text": report.title, "url": url, "note": report.duty_short},
            {"text": clock.format_date(report.held_on, short=True), "label": "Tanggal"},
            {"text": format_number(report.women), "label": "Perempuan", "number": True},
            {"text": format_number(report.men), "label": "Laki-laki", "number": True},
            {"status": report.get_stage_display(), "tone": TONES[report.stage], "label": "Status"},
        ]
    }


@requires("focal_points.view_dutyreport")
@require_GET
def agency_reports(request, pk):
    """One agency's reports of a year, for its head and for the city's readers."""
    agency, year = access.open_agency(request.user, pk), asked_year(request)
    found = access.visible_reports(request.user).filter(agency=agency).of_year(year)
    page = KeysetPage(found, order=("-held_on", "id"), params=request.GET)
    context = {
        "agency": agency,
        "year": year,
        "years": year_links(request, year),
        "page": page,
        "rows": [_list_row(report) for report in page],
        "columns": COLUMNS,
        "bar": stats.year_bar(stats.tallies(agency, year), year, clock.today()),
    }
    return render(request, "focal_points/reports/agency_reports.html", context)


@requires("focal_points.report_duty")
@require_http_methods(["GET", "HEAD", "POST"])
def log(request):
    """A new report; what was typed and not sent comes back."""
    agency = own_agency(request)
    draft_name = f"laporan-baru-{agency.pk}"
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, agency=agency)
        if form.is_valid():
            act = partial(_log, request, agency, form)
            return _carried_out(request, form, draft_name, act)
        return _log_page(request, agency, form, draft_name, status=422)
    typed = {} if "kosong" in request.GET else drafts.initial_for(request, draft_name)
    copied = _last_report(agency) if "salin" in request.GET else {}
    planned = _planned(request, agency)
    initial = {"held_on": clock.today(), **(planned or copied or typed)}
    form = ReportForm(initial=initial, agency=agency)
    restored = bool(typed) and not (planned or copied)
    return _log_page(request, agency, form, draft_name, restored=restored, copied=bool(copied))


def _planned(request, agency) -> dict:
    """Return what a plan named by `?rencana=` already answers."""
    asked = request.GET.get("rencana", "")
    plans = {str(plan.pk): plan for plan in agency.duty_plans.all()} if asked else {}
    plan = plans.get(asked)
    return {"plan": plan.pk, "duty": plan.duty, "title": plan.activity} if plan else {}


def _log(request, agency, form) -> str:
    row = actions.log(agency, by=request.user, **_sent(request, form))
    return reverse("focal_points:report", args=[row.pk])


def _sent(request, form) -> dict:
    files = form.cleaned_data["evidence"]
    return {**form.facts(), "files": files, "send": "send" in request.POST}


def _say_what_happened(request) -> None:
    if "send" in request.POST:
        messages.success(request, SENT_WORDS)
    else:
        messages.success(request, "Draf disimpan. Laporan belum dikirim ke sekretariat.")


def _carried_out(request, form, draft_name: str, act) -> HttpResponse:
    """Do what the form asks once, throw its draft away, and show the report."""
    url = once(form.cleaned_data["idem"], by=request.user, act=act)
    drafts.discard(drafts.owner_of(request), draft_name)
    _say_what_happened(request)
    return see_address(url)


def _last_report(agency) -> dict:
    """Return what is worth copying. Numbers and result are written anew: they are the report."""
    last = DutyReport.objects.filter(agency=agency).order_by("-held_on", "id").first()
    return {"duty": last.duty, "title": last.title, "place": last.place} if last else {}


def _log_page(request, agency, form, draft_name, *, status=200, restored=False, copied=False):
    context = {
        "form": form,
        "agency": agency,
        "restored": restored,
        "copied": copied,
        "may_copy": DutyReport.objects.filter(agency=agency).exists(),
        "autosave": reverse("core:autosave", args=[draft_name]),
    }
    return render(request, "focal_points/reports/log.html", context, status=status)


@requires("focal_points.view_dutyreport")
@require_GET
def report(request, pk):
    """One report as everybody who may see it reads it."""
    row = access.open_report(request.user, pk)
    notes = list(row.open_notes().select_related("by"))
    context = {
        "report": row,
        "tone": TONES[row.stage],
        "facts": facts_of(row, notes),
        "notes": notes,
        "whole_notes": [note for note in notes if not note.field],
        "proofs": Document.objects.attached_to(row).select_related("file"),
        "may_change": access.may(request.user, Verb.CHANGE, row),
        "may_submit": access.may(request.user, Verb.SUBMIT, row),
        "may_review": access.may(request.user, Verb.APPROVE, row),
        "works_here": row.agency_id in access.desk_agencies(request.user),
        "bar": _year_around(row),
        "events": _events(row),
    }
    return render(request, "focal_points/reports/report.html", context)


def _year_around(row: DutyReport) -> stats.YearBar:
    year = row.held_on.year
    return stats.year_bar(stats.tallies(row.agency, year), year, clock.today())


def facts_of(row: DutyReport, notes: list[ReviewNote]) -> list[dict]:
    """Return the report's lines, each with the reviewer's notes at it."""
    lines = [
        ("duty", "Tugas", row.get_duty_display()),
        ("title", "Kegiatan", row.title),
        ("held_on", "Tanggal", clock.format_day(row.held_on)),
        ("place", "Tempat", row.place),
        ("women", "Peserta perempuan", format_number(row.women)),
        ("men", "Peserta laki-laki", format_number(row.men)),
        ("", "Jumlah peserta", format_number(row.participants)),
        ("result", "Hasil", row.result),
    ]
    if row.plan:
        lines.append(("plan", "Rencana", row.plan))
    return [
        {
            "label": label,
            "value": value,
            "notes": [note for note in notes if name and note.field == name],
        }
        for name, label, value in lines
    ]


def _events(row: DutyReport) -> list[dict]:
    """Return what happened to a report, newest first."""
    found = [{"when": row.created_at, "title": "Dicatat", "author": row.author.name}]
    if row.submitted_at:
        found.append({"when": row.submitted_at, "title": "Dikirim ke sekretariat"})
    if row.stage in (Stage.RETURNED, Stage.APPROVED) and row.reviewed_at:
        words = STAGE_LABELS[row.stage]
        found.append({"when": row.reviewed_at, "title": words, "author": row.reviewer.name})
    return sorted(found, key=lambda event: event["when"], reverse=True)


@requires("focal_points.report_duty")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    """Change a draft or a returned report, with the notes at their fields."""
    row = access.open_report(request.user, pk)
    access.ensure(request.user, Verb.CHANGE, row)
    draft_name = f"laporan-{pk}"
    notes = {note.field: note.text for note in row.open_notes()}
    if request.method == "POST":
        form = ChangeReportForm(
            request.POST, request.FILES, agency=row.agency, instance=_fresh(row), notes=notes
        )
        if form.is_valid():
            act = partial(_change, request, row, form)
            return _carried_out(request, form, draft_name, act)
        return _change_page(request, row, form, draft_name, status=422)
    typed = drafts.initial_for(request, draft_name)
    # What was typed before a colleague saved is shown against what is stored now.
    typed_on = typed.pop("version", "")
    form = ChangeReportForm(initial=typed, agency=row.agency, instance=_fresh(row), notes=notes)
    overtaken = bool(typed) and typed_on != str(row.version)
    return _change_page(request, row, form, draft_name, restored=bool(typed), overtaken=overtaken)


def _fresh(row: DutyReport) -> DutyReport:
    # A bound form writes into its instance; the action compares with what is stored.
    return DutyReport.objects.get(pk=row.pk)


def _change(request, row: DutyReport, form) -> str:
    version = form.cleaned_data["version"]
    actions.change(row, version=version, by=request.user, **_sent(request, form))
    return reverse("focal_points:report", args=[row.pk])


def _change_page(request, row, form, draft_name, *, status=200, restored=False, overtaken=False):
    context = {
        "form": form,
        "report": row,
        "restored": restored,
        "overtaken": overtaken,
        "whole_notes": [note for note in row.open_notes() if not note.field],
        "proofs": Document.objects.attached_to(row).select_related("file"),
        "autosave": reverse("core:autosave", args=[draft_name]),
    }
    return render(request, "focal_points/reports/change.html", context, status=status)


@requires("focal_points.submit_report")
@require_POST
def submit(request, pk):
    row = access.open_report(request.user, pk)
    actions.submit(row, by=request.user)
    messages.success(request, "Laporan terkirim ke sekretariat.")
    return see_other("report", pk)


@requires("focal_points.view_dutyreport")
@require_GET
def proof(request, pk, document_id):
    """A photo or document of a report: whoever sees the report sees its proof."""
    document = _proof_of(access.open_report(request.user, pk), document_id)
    return uploads.serve(request, document.file)


@requires("focal_points.report_duty")
@require_POST
def unprove(request, pk, document_id):
    row = access.open_report(request.user, pk)
    evidence.unprove(row, document=_proof_of(row, document_id), by=request.user)
    messages.success(request, "Bukti dilepas dari laporan ini.")
    return see_other("change", pk)


def _proof_of(row: DutyReport, document_id) -> Document:
    attached = Document.objects.attached_to(row).select_related("file")
    return get_object_or_404(attached, pk=document_id)
