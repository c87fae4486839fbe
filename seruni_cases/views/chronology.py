"""The chronology of a case on screen and on the sheet RAHASIA."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pug_portal.core import audit, documents
from pug_portal.core.access import requires
from pug_portal.core.clock import format_datetime
from pug_portal.core.downloads import PDF, download
from seruni_cases import timeline
from seruni_cases.access import allowed, fetch_for_page, may_read_story, open_case
from seruni_cases.models import Case, Codebook
from seruni_cases.views.casework import facts_of
from seruni_cases.workflow import Act


@requires("seruni_cases.view_case")
def chronology(request, code):
    row, book = open_case(request, code), Codebook()
    only, story = request.GET.get("jenis", ""), may_read_story(request.user, row)
    context = {
        "case": row,
        "events": timeline.events(row, book, story=story, only=only),
        "story": story,
        "types": timeline.TYPES,
        "shown": only if only in timeline.TYPES else "",
        "may_note": Act.NOTE in allowed(request.user, row),
    }
    return render(request, "seruni_cases/case/chronology.html", context)


@requires("seruni_cases.view_case")
@require_POST
def print_case(request, code):
    """The sheet RAHASIA: coded facts and the chronology, never the identity."""
    row, book = open_case(request, code), Codebook()
    fetch_for_page(row)
    story = may_read_story(request.user, row)
    happened = timeline.events(row, book, story=story)
    audit.note("case.printed", row, by=request.user, scope=row.pk, events=len(happened), story=story)
    sheet = _sheet(row, book, happened, request.user)
    return download(f"kasus-{row.code}.pdf", documents.pdf("report", sheet), PDF)


def _sheet(case: Case, book: Codebook, happened, user) -> dict:
    rows = [
        [format_datetime(e.when, short=True), e.title, e.text[:1500], e.author] for e in reversed(happened)
    ]
    columns = [
        {"label": "Waktu", "width": 2},
        {"label": "Peristiwa", "width": 3},
        {"label": "Uraian", "width": 5},
        {"label": "Oleh", "width": 2},
    ]
    from_facts = [[label, value or "—"] for label, value in facts_of(case, book)]
    return {
        "title": f"Lembar kasus {case.code}",
        "unit": "PPT SERUNI Kota Semarang",
        "secret": True,
        "letterhead": ["PPT SERUNI", "Kota Semarang"],
        "printed": documents.printed_by(user.name, timezone.localtime()),
        "sections": [
            {"heading": "Data kasus", "fields": [*from_facts, ["Tahap", case.get_status_display()]]},
            {"heading": "Kronologi", "table": {"columns": columns, "rows": rows}},
        ],
    }
