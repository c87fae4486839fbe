"""Small things the views of this room share."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from focal_points.access import desk_agencies
from focal_points.workflow import EARLIEST_YEAR
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.access import Refused


def see_other(name: str, *args) -> HttpResponseRedirect:
    """Answer a POST with the page of this room to look at next."""
    return see_address(reverse(f"focal_points:{name}", args=args))


def see_address(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)


def asked_year(request) -> int:
    """Return the year of `?tahun=`, this year without one; 404 for what is no year of ours."""
    this_year = clock.today().year
    text = request.GET.get("tahun", "") or str(this_year)
    if not text.isdecimal() or not EARLIEST_YEAR <= int(text) <= this_year + 1:
        raise Http404("tahun tidak dikenal")
    return int(text)


def year_links(request, year: int, *, ahead: int = 0) -> list[tuple[int, str, bool]]:
    """Return [(year, address, is shown)] around now, for a row of links."""
    this_year = clock.today().year
    years = sorted({*range(this_year - 2, this_year + ahead + 1), year})
    links = []
    for one in years:
        params = request.GET.copy()
        params["tahun"] = str(one)
        for name in ("sesudah", "sebelum"):
            params.pop(name, None)
        links.append((one, f"?{params.urlencode()}", one == year))
    return links


def own_agency(request, allowed=None) -> Institution:
    """Return the agency this person works at; with several, the one `?lembaga=` names."""
    allowed = desk_agencies(request.user) if allowed is None else allowed
    agencies = list(Institution.objects.filter(pk__in=allowed).order_by("name"))
    if not agencies:
        raise Refused("Anda belum ditugaskan pada satu Perangkat Daerah. Hubungi sekretariat Pokja.")
    asked = request.GET.get("lembaga", "")
    chosen = next((one for one in agencies if str(one.pk) == asked), agencies[0])
    chosen.colleagues = [one for one in agencies if one != chosen]
    return chosen
