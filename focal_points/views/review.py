"""The secretariat's inbox: list on the left, report on the right, decisions with one key."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from focal_points import access
from focal_points.actions import review as actions
from focal_points.forms.review import SendBackForm
from focal_points.models import DutyReport
from focal_points.views._ways import see_other
from focal_points.views.reports import facts_of
from focal_points.workflow import UNDO_SECONDS, Verb
from institutions.models import Attachment, Document
from pug_portal.core import clock
from pug_portal.core.access import requires
from pug_portal.core.lists import KeysetPage

LAST = "focal_points.last_decision"


@requires("focal_points.review_report")
@require_GET
def review_inbox(request):
    """What waits for review; the first of the page stands open."""
    page = _page(request)
    return _show(request, page, page.rows[0] if page.rows else None)


@requires("focal_points.review_report")
@require_GET
def review(request, pk):
    """The same list with one chosen report open."""
    page = _page(request)
    row = next((one for one in page if one.pk == pk), None)
    return _show(request, page, row or get_object_or_404(_waiting(request), pk=pk))


def _waiting(request):
    reports = access.visible_reports(request.user).awaiting_review()
    proofs = Attachment.objects.filter(target_type=DutyReport._meta.label_lower)
    return reports.with_warnings(proofs).select_related("agency", "author", "plan")


def _page(request) -> KeysetPage:
    return KeysetPage(_waiting(request), order=("created_at", "id"), params=request.GET)


def _show(request, page, row, *, form=None, status=200):
    context = {
        "page": page,
        "entries": [_entry(one, one == row) for one in page],
        "report": row,
        "form": form or SendBackForm(),
        "undo": _undoable(request),
        "undo_seconds": UNDO_SECONDS,
        **(_open(request, page, row) if row else {}),
    }
    return render(request, "focal_points/review/review_inbox.html", context, status=status)


def _entry(row: DutyReport, is_open: bool) -> dict:
    return {
        "report": row,
        "url": reverse("focal_points:review", args=[row.pk]),
        "date": clock.format_date(row.held_on, short=True),
        "sent": clock.relative(row.submitted_at),
        "warnings": row.warnings,
        "is_open": is_open,
    }


def _open(request, page, row: DutyReport) -> dict:
    return {
        "facts": facts_of(row, []),
        "proofs": Document.objects.attached_to(row).select_related("file"),
        "may_decide": access.may(request.user, Verb.APPROVE, row),
        "previous": _beside(page, row, -1),
        "next": _beside(page, row, 1),
        "clean": sum(not one.warnings for one in page),
    }


def _beside(page, row, step: int) -> DutyReport | None:
    rows = page.rows
    place = next((index for index, one in enumerate(rows) if one.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(rows):
        return None
    return rows[place + step]


def _undoable(request) -> DutyReport | None:
    """Return the report this reviewer decided a moment ago, while that can be taken back."""
    pk = request.session.get(LAST)
    row = access.visible_reports(request.user).filter(pk=pk).first() if pk else None
    if row is None or not access.may(request.user, Verb.UNDO, row):
        request.session.pop(LAST, None)
        return None
    return row


def _decided(request, row: DutyReport) -> HttpResponseRedirect:
    """Remember the decision and open the next report."""
    request.session[LAST] = str(row.pk)
    after = _uuids([request.POST.get("next", "")])
    if after and _waiting(request).filter(pk=after[0]).exists():
        return see_other("review", after[0])
    return see_other("review_inbox")


@requires("focal_points.review_report")
@require_POST
def approve(request, pk):
    row = access.open_report(request.user, pk)
    actions.approve(row, by=request.user)
    return _decided(request, row)


@requires("focal_points.review_report")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request, pk):
    """Return a report with reasons; without script the form has a page of its own."""
    row = get_object_or_404(_waiting(request), pk=pk)
    access.ensure(request.user, Verb.SEND_BACK, row)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.send_back(row, notes=form.notes(), by=request.user)
        return _decided(request, row)
    after = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "report": row, "facts": facts_of(row, []), "next": after}
    status = 422 if request.method == "POST" else 200
    return render(request, "focal_points/review/send_back.html", context, status=status)


@requires("focal_points.review_report")
@require_POST
def undo(request, pk):
    row = access.open_report(request.user, pk)
    actions.undo(row, by=request.user)
    request.session.pop(LAST, None)
    messages.success(request, "Putusan diurungkan. Laporan kembali menunggu telaah.")
    return see_other("review", row.pk)


@requires("focal_points.review_report")
@require_POST
def approve_batch(request):
    """Approve the ticked reports; those with a warning are left and named."""
    ticked = request.POST.getlist("laporan")[:100]
    rows = _waiting(request).filter(pk__in=_uuids(ticked))
    done, left = actions.approve_batch(rows, by=request.user)
    if not done and not left:
        messages.warning(request, "Centang dulu laporan yang disetujui.")
    if done:
        messages.success(request, f"{done} laporan disetujui.")
    for row, reason in left:
        messages.warning(request, f"Dilewati: {row.title} ({row.agency}). {reason}")
    return see_other("review_inbox")


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue  # a damaged tick is no tick
    return found
