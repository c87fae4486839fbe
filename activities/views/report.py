"""Close the attendance, report, and take the papers along."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from activities import access, reports, resources, stats
from activities.actions import evidence
from activities.actions import report as actions
from activities.forms.evidence import ProveForm
from activities.forms.publication import ConfirmForm
from activities.forms.report import ExportForm, ReportForm
from activities.views._ways import address, drop_draft, go, keeping, kept_draft, see_other, trail
from activities.workflow import Move
from pug_portal.core import audit
from pug_portal.core.access import Refused, WrongStage, requires
from pug_portal.core.documents import CSV, DOCX, PDF, XLSX, docx_report, download, pdf
from pug_portal.core.idempotency import once

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@requires("activities.report_activity")
@GET_POST
def hold(request, pk):
    """Say that it took place."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.HOLD, activity)
    if request.method == "POST":
        actions.hold(activity, by=request.user)
        messages.success(request, "Presensi ditutup. Laporan dapat dibuat.")
        return see_other("overview", activity.pk)
    counts = stats.counts_of_one(activity)
    context = {
        "activity": activity,
        "form": ConfirmForm(),
        "trail": trail(activity),
        "question": f"Tutup presensi dengan {counts.came} orang hadir?",
        "consequences": ["Kehadiran masih dapat dibetulkan sampai laporan dibuat."],
        "confirm_text": "Tutup presensi",
        "cancel_url": address("overview", activity.pk),
    }
    return render(request, "activities/confirm.html", context)


@requires("activities.report_activity")
@GET_POST
def report(request, pk):
    """Write what came of it; who came is counted by the portal."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.REPORT, activity)
    name = f"laporan-{activity.pk}"
    kept = kept_draft(request, name)
    form = ReportForm(request.POST or None, instance=activity, initial=kept)
    if request.method == "POST" and form.is_valid():
        answer = _report(request, activity, form)
        if answer:
            drop_draft(request, name)
            return answer
    context = {
        "activity": activity,
        "form": form,
        "trail": trail(activity),
        "counts": stats.counts_of_one(activity),
        **keeping(name, kept),
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/report/report.html", context, status=status)


def _report(request, activity, form):
    try:
        actions.report(activity, by=request.user, **form.values())
    except WrongStage:
        raise
    except Refused as refusal:
        form.add_error("counted_female", refusal.reason)
        return None
    messages.success(request, "Laporan tersimpan. Terima kasih.")
    return see_other("overview", activity.pk)


@requires("activities.view_activity")
@require_GET
def report_file(request, pk, form):
    """The report as PDF or Word, for those who may see the activity from the inside."""
    activity = access.open_activity(request.user, pk)
    access.ensure_may_prove(request.user, activity)
    data = reports.activity_report(activity, by=request.user, now=timezone.now())
    audit.note("export.made", activity, by=request.user, form=form)
    name = f"laporan-{activity.slug}.{form}"
    if form == "pdf":
        return download(name, pdf("report", data), PDF)
    return download(name, docx_report(data), DOCX)


@requires("activities.export_participant")
@GET_POST
def export(request, pk):
    """The list of participants as a file, after saying what for."""
    activity = access.open_activity(request.user, pk)
    access.ensure_keeps_list(request.user, activity)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _file(request, activity, form.cleaned_data)
    people = address("participants", activity.pk)
    context = {"activity": activity, "form": form, "trail": trail(activity, ("Peserta", people))}
    status = 422 if form.is_bound else 200
    return render(request, "activities/report/export.html", context, status=status)


def _file(request, activity, asked: dict):
    kind = asked["form_of_file"]
    content = resources.export(
        activity,
        form=kind,
        with_names=asked["with_names"],
        reason=asked["reason"],
        by=request.user,
    )
    return download(f"peserta-{activity.slug}.{kind}", content, CSV if kind == "csv" else XLSX)


@requires("activities.report_activity")
@GET_POST
def prove(request, pk):
    """Add a photo or a document as proof."""
    activity = access.open_activity(request.user, pk)
    access.ensure_may_prove(request.user, activity)
    form = ProveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("upload", "title", "kind")}

        def act():
            evidence.prove(activity, by=request.user, **values)
            return address("overview", activity.pk)

        answer = once(form.cleaned_data["idem"], by=request.user, act=act)
        messages.success(request, "Bukti tersimpan.")
        return go(answer)
    context = {"activity": activity, "form": form, "trail": trail(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/report/prove.html", context, status=status)
