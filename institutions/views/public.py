"""What everybody may read: the Pokja, the law, the awards, the publications."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from institutions.access import visible_documents
from institutions.chart import chart_of, chart_sheet
from institutions.forms.filters import LegalBasisFilter, PublicationFilter
from institutions.models import AwardEdition, Decree, Document, LegalBasis, Page, PokjaDuty
from pug_portal.core import documents, uploads
from pug_portal.core.access import public
from pug_portal.core.lists import FilterChips, KeysetPage

PAPERS = {"a4", "a3"}


@public
def pokja(request):
    """The organisation chart, or the same as a table; the duties and the decree in force."""
    decree = Decree.objects.current_pokja()
    context = {
        "door": "pug",
        "decree": decree,
        "chart": chart_of(decree),
        "as_table": request.GET.get("tampilan") == "tabel",
        "duties": PokjaDuty.objects.all(),
        "earlier": Decree.objects.about_pokja().published()[:10],
        "intro": Page.objects.filter(slug="pokja").first(),
    }
    return render(request, "institutions/public/pokja.html", context)


@public
def pokja_sheet(request, paper: str):
    """The chart as a PDF for the wall: A4 or A3, landscape."""
    decree = Decree.objects.current_pokja()
    if decree is None or paper not in PAPERS:
        raise Http404
    content = documents.pdf("pokja_chart", chart_sheet(decree, paper, timezone.now()))
    return documents.download(f"struktur-pokja-{paper}.pdf", content, documents.PDF)


@public
def legal_basis(request):
    """The register of law: only what was checked, grouped by rank."""
    rows = LegalBasis.objects.checked().by_rank().select_related("amends")
    filterset = LegalBasisFilter(request.GET, queryset=rows)
    found = list(filterset.qs)
    context = {
        "door": "pug",
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "groups": [(key, list(group)) for key, group in groupby(found, LegalBasis.get_level_display)],
        "corrected": [row for row in found if row.correction],
        "waiting": LegalBasis.objects.unchecked().count(),
    }
    return render(request, "institutions/public/legal_basis.html", context)


@public
def awards(request):
    """The awards of the city, each among the levels of its edition."""
    editions = AwardEdition.objects.select_related("award__level").prefetch_related("levels")
    context = {"door": "pug", "editions": editions, "intro": Page.objects.filter(slug="penghargaan").first()}
    return render(request, "institutions/public/awards.html", context)


@public
def publications(request):
    """Documents of the class "publik"."""
    rows = Document.objects.public().select_related("owner", "file")
    filterset = PublicationFilter(request.GET, queryset=rows)
    context = {
        "door": "pug",
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "page": KeysetPage(filterset.qs, order=("-added_at", "id"), params=request.GET),
    }
    return render(request, "institutions/public/publications.html", context)


@public
def document_file(request, pk):
    """The file of a document that the reader may see; otherwise it does not exist."""
    document = get_object_or_404(visible_documents(request.user).select_related("file"), pk=pk)
    return uploads.serve(request, document.file)
