"""Referrals, from both sides: the sender's form and page, the partner's list and packet."""

import uuid

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from pug_portal.core.access import requires
from pug_portal.core.clock import AgeBand, format_datetime
from pug_portal.core.lists import KeysetPage
from seruni_cases.access import (
    allowed,
    may_read_story,
    may_see_identity,
    open_case,
    open_packet,
    open_sent_referral,
    packet_is_open,
    packets_for,
)
from seruni_cases.actions import referral as acts
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.packet import FIELDS, IDENTITY, packet_of
from seruni_cases.forms.filters import PacketFilter
from seruni_cases.forms.referral import AcceptForm, DeclineForm, ReferForm, ReportBackForm
from seruni_cases.forms.work import ConfirmForm
from seruni_cases.models import Code, Codebook
from seruni_cases.views._pages import COUNTED, SeeOther, form_page, partners, to
from seruni_cases.workflow import Act

HIDDEN = "(dibagikan, di layar ini disamarkan)"


@requires("seruni_cases.refer_case")
def refer(request, code):
    """Choose, look at exactly what will be shared, send."""
    row = open_case(request, code)
    lines = row.consents.live().filter(purpose="rujukan").select_related("institution")
    form = ReferForm(request.POST or None, partners=partners())

    def act(data):
        referral = acts.refer(row, by=request.user, **form.request_facts())
        return to("referral", referral.code)

    context = {"case": row, "lines": lines, "needs": _needs()}
    if request.method == "POST" and "send" not in request.POST and _is_covered(row, form):
        context |= {"preview": _preview(row, form, request.user), "form": form}
        return render(request, "seruni_cases/referral/refer.html", context)
    return form_page(request, "seruni_cases/referral/refer.html", form, act, **context)


def _is_covered(case, form: ReferForm) -> bool:
    """Tell before the preview what consent is missing; the action asks again."""
    if not form.is_valid():
        return False
    facts = form.request_facts()
    names = ("institution", "service", "fields", "basis", "basis_reason")
    try:
        acts.ground_for(case, *(facts[name] for name in names))
    except NotYet as refusal:
        form.add_error(None, refusal.reason)
    return not form.errors


def _needs() -> list[tuple[str, str]]:
    """Return (field, kind of data its consent must name) for the words beside the ticks."""
    return [(words, kind) for words, kind in FIELDS.values() if kind]


def _preview(case, form: ReferForm, user) -> list[tuple[str, str]]:
    """Return exactly the packet; what identifies is masked while the identity is closed."""
    facts = form.request_facts()
    shown = packet_of(case, facts["fields"], facts["request"])
    if may_see_identity(user, case):
        return [tuple(pair) for pair in shown]
    masked = {FIELDS[name][0] for name in IDENTITY}
    return [(words, HIDDEN if words in masked and value != "—" else value) for words, value in shown]


@requires("seruni_cases.view_case")
def referral(request, code):
    """One request as its sender sees it; reading the partner's news takes it off the home."""
    row, book = open_sent_referral(request, code), Codebook()
    story = may_read_story(request.user, row.case)
    context = {
        "referral": row,
        "service": book.label(Code.List.SERVICE, row.service),
        "shared": [FIELDS[name][0] for name in FIELDS if name in row.shared],
        "facts": _sent_facts(row, book),
        "answer_note": row.answer_note if story else "",
        "feedback_note": row.feedback_note if story else "",
        "basis_reason": row.basis_reason if story else "",
        "form": ConfirmForm(initial={"version": row.version}),
        "may_revoke": Act.REFER in allowed(request.user, row.case) and (row.is_waiting or row.is_taken),
    }
    return render(request, "seruni_cases/referral/referral.html", context)


def _sent_facts(row, book: Codebook) -> list[tuple]:
    return [
        ("Lembaga", str(row.institution)),
        ("Layanan", book.label(Code.List.SERVICE, row.service)),
        ("Kemendesakan", row.get_urgency_display()),
        ("Dasar berbagi", row.get_basis_display()),
        ("Dikirim", format_datetime(row.sent_at)),
        ("Batas jawaban", format_datetime(row.answer_due)),
        ("Dibuka mitra", format_datetime(row.opened_at)),
        ("Dijawab", format_datetime(row.answered_at)),
        ("Oleh", row.answered_by.name if row.answered_by else ""),
        ("Alasan tidak bisa", book.label(Code.List.DECLINE, row.decline_reason)),
        ("Janji temu", format_datetime(row.appointment_at)),
        ("Hadir", row.get_attended_display()),
        ("Hasil", row.get_result_display()),
    ]


@requires("seruni_cases.view_case")
@require_POST
def seen(request, code):
    row = open_sent_referral(request, code)
    acts.mark_seen(row, by=request.user)
    return SeeOther(to("case", row.case.code))


@requires("seruni_cases.refer_case")
def revoke(request, code):
    row = open_sent_referral(request, code)
    form = ConfirmForm(request.POST or None, initial={"version": row.version})

    def act(data):
        acts.revoke(row, by=request.user)
        return to("referral", row.code)

    return form_page(request, "seruni_cases/referral/revoke.html", form, act, referral=row)


# The partner's side ----------------------------------------------------------------------------


@requires("seruni_cases.answer_referral")
def referrals(request):
    """Requests to the partner's institution; only teasers."""
    filters = PacketFilter(request.GET or None, packets_for(request.user))
    rows = filters.qs.defer("packet", "basis_reason", "answer_note", "feedback_note")
    page = KeysetPage(rows, order=("-sent_at", "-id"), params=request.GET, cap=COUNTED)
    book = Codebook()
    context = {
        "page": page,
        "filters": filters.form,
        "rows": [{"row": row, "service": book.label(Code.List.SERVICE, row.service)} for row in page],
    }
    return render(request, "seruni_cases/referral/referrals.html", context)


@requires("seruni_cases.answer_referral")
def packet(request, code):
    """One request on the partner's phone: a teaser, then exactly what was agreed."""
    row = open_packet(request, code)
    acts.mark_opened(row, by=request.user)
    return render(request, "seruni_cases/referral/packet.html", _packet_context(row))


def _packet_context(row) -> dict:
    """Return what the page may show: never the case, and the packet only while it is open."""
    book = Codebook()
    return {
        "code": row.code,
        "status": row.get_status_display(),
        "tone": row.tone,
        "service": book.label(Code.List.SERVICE, row.service),
        "urgency": row.get_urgency_display(),
        "due": row.answer_due,
        "kecamatan": row.kecamatan,
        "age": AgeBand(row.age_band).label if row.age_band else "",
        "waiting": row.is_waiting,
        "taken": row.is_taken,
        "fields": row.packet if packet_is_open(row) else None,
        "appointment": row.appointment_at,
        # One tap accepts; the button carries the key of its own sending.
        "idem": uuid.uuid4(),
    }


@requires("seruni_cases.answer_referral")
def answer(request, code):
    """Terima: one button, an appointment if there is one already."""
    row = open_packet(request, code)
    form = AcceptForm(request.POST or None)

    def act(data):
        acts.answer(row, accept=True, note=data["note"], appointment=data["appointment"], by=request.user)
        return to("packet", row.code)

    context = _packet_context(row)
    return form_page(request, "seruni_cases/referral/answer.html", form, act, **context)


@requires("seruni_cases.answer_referral")
def decline(request, code):
    """Tidak bisa, with the reason."""
    row = open_packet(request, code)
    form = DeclineForm(request.POST or None)

    def act(data):
        acts.answer(row, accept=False, reason=data["reason"], note=data["note"], by=request.user)
        return to("packet", row.code)

    context = _packet_context(row)
    return form_page(request, "seruni_cases/referral/decline.html", form, act, **context)


@requires("seruni_cases.report_back")
def report_back(request, code):
    """Four questions, less than a minute."""
    row = open_packet(request, code)
    if request.method != "POST" and not row.is_taken:
        raise Http404
    form = ReportBackForm(request.POST or None)

    def act(data):
        names = ("attended", "result", "needs_more", "note")
        acts.report_back(row, by=request.user, **{name: data[name] for name in names})
        return to("packet", row.code)

    context = _packet_context(row)
    return form_page(request, "seruni_cases/referral/report_back.html", form, act, **context)
