"""Appointing focal points, for the secretariat."""

from collections import defaultdict
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from focal_points import access
from focal_points.actions import appointments as actions
from focal_points.forms.appointments import (
    AppointForm,
    AppointmentFilter,
    ConnectForm,
    EndForm,
    PersonForm,
)
from focal_points.matching import matches
from focal_points.models import Appointment
from focal_points.models.appointments import concerns
from focal_points.views._ways import see_address, see_other
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.access import requires
from pug_portal.core.idempotency import once
from pug_portal.core.lists import KeysetPage

PERMISSION = "focal_points.appoint_focal_point"


@requires(PERMISSION)
@require_GET
def appointments(request):
    """Every agency with its people and what to look at; two queries."""
    form = AppointmentFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    entries = _entries()
    shown = [entry for entry in entries if _is_asked(entry, asked)]
    context = {
        "form": form,
        "entries": shown,
        "total": len(entries),
        "vacant": sum(not entry["people"] for entry in entries),
        "doubtful": sum(bool(entry["concerns"]) for entry in entries),
    }
    return render(request, "focal_points/appointments/appointments.html", context)


def _entries() -> list[dict]:
    people, today = defaultdict(list), clock.today()
    for one in sorted(Appointment.objects.current(), key=Appointment.rank):
        people[one.agency_id].append(one)
    agencies = Institution.objects.valid().agencies().only("id", "name", "abbreviation", "other_names")
    return [
        {
            "agency": agency,
            "people": people[agency.pk],
            "concerns": concerns(people[agency.pk], today),
        }
        for agency in agencies.order_by("name")
    ]


def _is_asked(entry: dict, asked: dict) -> bool:
    show = asked.get("show")
    if show == "kosong" and entry["people"]:
        return False
    if show == "perhatian" and not entry["concerns"]:
        return False
    names = [one.name for one in entry["people"]]
    return matches(asked.get("q", ""), entry["agency"], names)


@requires(PERMISSION)
@require_GET
def appointments_of(request, pk):
    """One agency: who serves now, and everybody before."""
    agency = _agency(pk)
    found = access.visible_appointments(request.user).filter(agency=agency)
    earlier = found.select_related("user").over()
    current = sorted(found.current().select_related("user"), key=Appointment.rank)
    page = KeysetPage(earlier, order=("-starts", "id"), params=request.GET)
    context = {
        "agency": agency,
        "current": current,
        "coming": list(found.filter(starts__gt=clock.today()).order_by("starts", "name")),
        "page": page,
        "concerns": concerns(current, clock.today()),
    }
    return render(request, "focal_points/appointments/appointments_of.html", context)


def _agency(pk) -> Institution:
    return get_object_or_404(Institution.objects.agencies(), pk=pk)


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request, pk=None):
    """Appoint somebody; the agency stands in the address or is chosen in the form."""
    agency = _agency(pk) if pk else None
    form = AppointForm(request.POST or None, agency=agency, initial={"starts": clock.today()})
    if request.method == "POST" and form.is_valid():
        url = once(form.cleaned_data["idem"], by=request.user, act=partial(_appoint, request, form))
        messages.success(request, "Focal point ditetapkan.")
        return see_address(url)
    return _form_page(request, form, "appoint", agency=agency)


def _appoint(request, form) -> str:
    agency = form.cleaned_data["agency"]
    actions.appoint(agency, by=request.user, **form.facts())
    return reverse("focal_points:appointments_of", args=[agency.pk])


def _form_page(request, form, name: str, **context):
    status = 422 if request.method == "POST" else 200
    template = f"focal_points/appointments/{name}.html"
    return render(request, template, {"form": form, **context}, status=status)


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    """Change contact, position or training of somebody who is appointed."""
    row = access.open_appointment(request.user, pk)
    shown = Appointment.objects.get(pk=pk)
    form = PersonForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.correct(row, version=version, by=request.user, **form.changes())
        messages.success(request, "Data focal point diperbaiki.")
        return see_other("appointments_of", row.agency_id)
    return _form_page(request, form, "correct", appointment=row)


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    """End a term, and with it the way into the portal."""
    row = access.open_appointment(request.user, pk)
    form = EndForm(request.POST or None, starts=row.starts)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        actions.end(row, on=asked["on"], reason=asked["reason"], by=request.user)
        messages.success(request, f"Masa tugas {row.name} diakhiri.")
        return see_other("appointments_of", row.agency_id)
    return _form_page(request, form, "end", appointment=row)


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request, pk):
    """Connect an appointed person with an account that exists by now."""
    row = access.open_appointment(request.user, pk)
    form = ConnectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.connect(row, user=form.cleaned_data["account"], by=request.user)
        messages.success(request, "Akun dihubungkan. Ruang kerja focal point terbuka baginya.")
        return see_other("appointments_of", row.agency_id)
    return _form_page(request, form, "connect", appointment=row)
