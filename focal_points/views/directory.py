"""The public directory: who represents which agency, by office contact only."""

from collections import defaultdict

from django.shortcuts import render
from django.views.decorators.http import require_GET

from focal_points.matching import matches
from focal_points.models import Appointment
from institutions.models import Institution
from pug_portal.core.access import public

LONGEST = 80


@public
@require_GET
def directory(request):
    """Agencies with their focal points; `?q=` narrows. Two queries, works without script."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    entries = [entry for entry in _entries() if _is_meant(query, entry)]
    context = {"door": "pug", "query": query, "entries": entries, "longest": LONGEST}
    return render(request, "focal_points/directory/directory.html", context)


def _entries() -> list[dict]:
    people = defaultdict(list)
    for one in sorted(Appointment.objects.current(), key=Appointment.rank):
        people[one.agency_id].append(one)
    agencies = Institution.objects.valid().agencies().only("id", "name", "abbreviation", "other_names")
    return [_entry(agency, people[agency.pk]) for agency in agencies.order_by("name")]


def _entry(agency: Institution, people: list[Appointment]) -> dict:
    """What the public may read. Names only of those who agreed; never a private number."""
    return {
        "agency": agency,
        "count": len(people),
        "names": [one.name for one in people if one.name_is_public],
        "people": [
            {"name": one.name if one.name_is_public else "", "part": one.get_part_display()} for one in people
        ],
        "phones": sorted({one.office_phone for one in people if one.office_phone}),
        "emails": sorted({one.office_email for one in people if one.office_email}),
    }


def _is_meant(query: str, entry: dict) -> bool:
    return matches(query, entry["agency"], entry["names"])
