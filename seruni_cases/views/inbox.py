"""The desk: complaints that wait, the first card, search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pug_portal.core import audit, drafts
from pug_portal.core.access import requires
from pug_portal.core.clock import format_date
from pug_portal.core.crypto import blind
from pug_portal.core.lists import FilterChips, KeysetPage
from pug_portal.core.wording import format_phone
from seruni_cases import matching
from seruni_cases.access import visible_complaints
from seruni_cases.actions.complaint import receive
from seruni_cases.forms.complaint import CardForm, SearchForm
from seruni_cases.forms.filters import ComplaintFilter
from seruni_cases.models import Code, Codebook
from seruni_cases.views._pages import COUNTED, SeeOther, form_page, to
from seruni_cases.workflow import RISK_TONES

DRAFT = "seruni.card"
NOT_DRAFTED = frozenset({"csrfmiddlewaretoken", "idem", "carry"})


@requires("seruni_cases.view_complaint")
def inbox(request):
    """Complaints, newest first, with their age in minutes."""
    filters = ComplaintFilter(request.GET or None, visible_complaints(request.user))
    if "tampil" not in request.GET:
        filters.queryset = filters.queryset.unsettled()
    rows = filters.qs.defer("summary", "called", "reporter_name", "reporter_phone")
    page = KeysetPage(
        rows.select_related("kelurahan__parent"),
        order=("-received_at", "-id"),
        params=request.GET,
        cap=COUNTED,
    )
    chips = FilterChips(filters, request.GET)
    context = {
        "page": page,
        "columns": [{"label": word} for word in ("Aduan", "Umur", "Siapa", "Tempat", "Risiko", "Triase")],
        "rows": _rows(page, Codebook()),
        "filters": filters.form,
        "chips": chips,
        "clear_url": chips.clear_url,
        "may_receive": request.user.has_perm("seruni_cases.receive_complaint"),
    }
    return render(request, "seruni_cases/inbox/inbox.html", context)


def _rows(page, book: Codebook) -> list[dict]:
    return [{"cells": _cells(row, book)} for row in page]


def _cells(row, book: Codebook) -> list[dict]:
    status = row.get_outcome_display() or ("Diragukan" if row.doubted_by_id else "Belum ditriase")
    tone = "ok" if row.is_settled else "wait"
    return [
        {
            "text": row.code,
            "url": to("complaint", row.code),
            "note": book.label(Code.List.CHANNEL, row.channel),
        },
        {
            "label": "Umur",
            "text": age_words(row.received_at),
            "note": format_date(row.received_at, short=True),
        },
        {"label": "Siapa", "text": book.label(Code.List.REPORTER, row.reporter)},
        {"label": "Tempat", "text": str(row.kelurahan or row.get_outside_display() or "—")},
        {"label": "Risiko", "status": row.get_risk_display(), "tone": RISK_TONES.get(row.risk, "plain")},
        {"label": "Triase", "status": status, "tone": tone},
    ]


def age_words(moment) -> str:
    """Return `12 menit`, `3 jam 5 menit` or `4 hari`: how long something has waited."""
    minutes = max(0, int((timezone.now() - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} menit"
    if minutes < 24 * 60:
        return f"{minutes // 60} jam {minutes % 60} menit"
    return f"{minutes // 1440} hari"


@requires("seruni_cases.search_case")
def search(request):
    """Search by POST, so that nothing personal stands in an address or a log."""
    form = SearchForm(request.POST or None)
    context = {"form": form, "may_receive": request.user.has_perm("seruni_cases.receive_complaint")}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "seruni_cases/inbox/search.html", context, status=status)
    asked, hits = matching.search(request.user, form.cleaned_data["q"])
    audit.note(
        "case.searched",
        by=request.user,
        by_what=asked.kind,
        hits=len(hits),
        term=blind("search", asked.text.lower())[:16],
    )
    context |= {"asked": asked, "hits": [_hit(hit) for hit in hits], "searched": True}
    return render(request, "seruni_cases/inbox/search.html", context)


def _hit(hit: matching.Hit) -> dict:
    url = to("case" if hit.kind == "kasus" else "complaint", hit.code) if hit.code else ""
    facts = " · ".join([*hit.facts, *hit.reasons])
    return {"url": url, "title": hit.code or "Mungkin orang yang sama", "facts": facts}


@requires("seruni_cases.receive_complaint")
def card(request):
    """Kartu awal. `carry`: what was typed into the search box, put into its field."""
    carried = request.POST.get("carry")
    restored = {} if request.method == "POST" else drafts.recall(drafts.owner_of(request), DRAFT)
    if carried is not None:
        form = CardForm(initial=_carried(carried))
        return render(request, "seruni_cases/inbox/card.html", {"form": form, **_card_context(form)})
    form = CardForm(request.POST or None, initial=restored)

    def act(data):
        complaint = receive(answers=form.answers(), contact=form.contact(), by=request.user)
        drafts.discard(drafts.owner_of(request), DRAFT)
        return to("received", complaint.code)

    context = {"restored": bool(restored), **_card_context(form)}
    return form_page(request, "seruni_cases/inbox/card.html", form, act, **context)


def _card_context(form: CardForm) -> dict:
    return {"places": form.fields["place"].options}


def _carried(text: str) -> dict:
    asked = matching.understand(text)
    if asked.phone:
        return {"contact_phone": format_phone(asked.phone)}
    return {"called": asked.name} if asked.name else {}


@requires("seruni_cases.receive_complaint")
@require_POST
def card_draft(request):
    """Keep what was typed so far, sealed, on the server."""
    content = {
        name: values if len(values) > 1 or name in {"danger_signs", "urgent_needs"} else values[0]
        for name, values in request.POST.lists()
        if name not in NOT_DRAFTED
    }
    drafts.keep(drafts.owner_of(request), DRAFT, content)
    return HttpResponse(status=204)


@requires("seruni_cases.receive_complaint")
@require_POST
def card_discard(request):
    """Throw the draft away and begin anew."""
    drafts.discard(drafts.owner_of(request), DRAFT)
    return SeeOther(to("card"))


@requires("seruni_cases.receive_complaint")
def card_paper(request):
    """The paper twin, for power cuts: same order, same numbers."""
    form = CardForm()
    return render(request, "seruni_cases/inbox/card_paper.html", {"form": form})
