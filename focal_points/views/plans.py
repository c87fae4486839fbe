"""The year's plan of an agency: six duties, month by month."""

from functools import partial

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from focal_points import access, stats
from focal_points.actions import plans as actions
from focal_points.forms.plans import ChangePlanForm, PlanForm
from focal_points.models import DutyPlan
from focal_points.views._ways import asked_year, own_agency, see_address, see_other, year_links
from pug_portal.core import clock
from pug_portal.core.access import requires
from pug_portal.core.idempotency import once
from pug_portal.core.lists import KeysetPage


@requires("focal_points.view_dutyplan")
@require_GET
def plans(request):
    """A year's plans with what became of them."""
    agency, year = _agency(request), asked_year(request)
    found = access.visible_plans(request.user).filter(agency=agency, year=year)
    page = KeysetPage(found.prefetch_related("reports"), order=("month", "id"), params=request.GET, size=50)
    context = {
        "agency": agency,
        "year": year,
        "years": year_links(request, year, ahead=1),
        "page": page,
        "rows": [_row(plan, clock.today()) for plan in page],
        "duties": stats.duty_progress(stats.tallies(agency, year), found),
        "may_plan": agency.pk in access.desk_agencies(request.user),
    }
    return render(request, "focal_points/plans/plans.html", context)


def _agency(request):
    return own_agency(request, access.board_agencies(request.user))


def _row(plan: DutyPlan, today) -> dict:
    reports = [one for one in plan.reports.all() if one.stage != "draft"]
    over = (plan.year, plan.month) < (today.year, today.month)
    if reports:
        state = ("Dilaporkan", "ok")
    else:
        state = ("Terlewat", "late") if over else ("Direncanakan", "plain")
    return {"plan": plan, "month": clock.MONTHS[plan.month - 1], "state": state, "reports": reports}


@requires("focal_points.plan_duty")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """A new plan."""
    agency = own_agency(request)
    form = PlanForm(request.POST or None, initial={"year": _start_year(request)})
    if request.method == "POST" and form.is_valid():
        url = once(form.cleaned_data["idem"], by=request.user, act=partial(_plan, request, agency, form))
        messages.success(request, "Rencana disimpan.")
        return see_address(url)
    return _form_page(request, form, "focal_points/plans/plan.html", agency=agency)


def _start_year(request) -> int:
    return max(asked_year(request), clock.today().year)


def _plan(request, agency, form) -> str:
    row = actions.plan(agency, by=request.user, **form.changes())
    return f"{reverse('focal_points:plans')}?tahun={row.year}"


def _form_page(request, form, template: str, **context):
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)


@requires("focal_points.plan_duty")
@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request, pk):
    row = access.open_plan(request.user, pk)
    access.ensure_works_for(request.user, row.agency, actions.PERMISSION)
    shown = DutyPlan.objects.get(pk=pk)
    form = ChangePlanForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.change_plan(row, version=version, by=request.user, **form.changes())
        messages.success(request, "Rencana diubah.")
        return see_other("plans")
    return _form_page(request, form, "focal_points/plans/change_plan.html", plan=row)


@requires("focal_points.plan_duty")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_plan(request, pk):
    """Ask once, then take the plan away."""
    row = access.open_plan(request.user, pk)
    access.ensure_works_for(request.user, row.agency, actions.PERMISSION)
    if request.method == "POST":
        actions.cancel_plan(row, by=request.user)
        messages.success(request, "Rencana dibatalkan.")
        return see_other("plans")
    return render(request, "focal_points/plans/cancel_plan.html", {"plan": row})
