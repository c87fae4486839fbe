"""Cases: the list, one case, its stages, chronology, sheet, officers, identity."""

from django.shortcuts import render

from pug_portal.core.access import Refused, requires
from pug_portal.core.clock import format_date, format_datetime
from pug_portal.core.lists import FilterChips, KeysetPage
from pug_portal.core.models import Obligation
from pug_portal.core.wording import format_phone, mask_nik
from seruni_cases.access import (
    allowed,
    companions_of,
    fetch_for_page,
    open_case,
    visible_cases,
)
from seruni_cases.actions import chronology as entries
from seruni_cases.actions import stages
from seruni_cases.actions.guards import missing
from seruni_cases.forms.case import (
    ChangeFactsForm,
    FactsForm,
    MoveForm,
    NoteForm,
)
from seruni_cases.forms.filters import CaseFilter
from seruni_cases.models import Case, Code, Codebook
from seruni_cases.views._pages import COUNTED, contact_banner, form_page, to
from seruni_cases.workflow import RISK_TONES, TABLE, Move

CASELOAD_COLUMNS = ("Kasus", "Tahap", "Risiko", "Umur", "Kecamatan", "Pendamping", "Tindak lanjut")
NEWEST = 8  # services on the page; the chronology has them all
OWN_PAGE = {
    Move.PROPOSE_CLOSURE: "close",
    Move.APPROVE_CLOSURE: "approve_closure",
    Move.REOPEN: "reopen",
}


@requires("seruni_cases.view_caseload")
def caseload(request):
    """Cases without names; nothing is decrypted here."""
    filters = CaseFilter(request.GET or None, visible_cases(request.user).for_list())
    rows = filters.qs if request.GET.get("status") else filters.qs.open()
    page = KeysetPage(rows, order=("-registered_at", "-id"), params=request.GET, cap=COUNTED)
    chips = FilterChips(filters, request.GET)
    context = {
        "page": page,
        "columns": [{"label": word} for word in CASELOAD_COLUMNS],
        "rows": _caseload_rows(page),
        "filters": filters.form,
        "chips": chips,
        "clear_url": chips.clear_url,
    }
    return render(request, "seruni_cases/case/caseload.html", context)


def _caseload_rows(page) -> list[dict]:
    names = companions_of(page)
    return [{"cells": _caseload_cells(case, names.get(case.pk, "belum ada"))} for case in page]


def _caseload_cells(case: Case, companion: str) -> list[dict]:
    place = case.kecamatan.name if case.kecamatan else "—"
    return [
        {"text": case.code, "url": to("case", case.code), "note": case.number},
        {"label": "Tahap", "status": case.get_status_display(), "tone": case.tone},
        {"label": "Risiko", "status": case.get_risk_display(), "tone": RISK_TONES.get(case.risk, "plain")},
        {"label": "Umur", "text": case.get_age_band_display()},
        {"label": "Kecamatan", "text": place},
        {"label": "Pendamping", "text": companion},
        {"label": "Tindak lanjut", "text": format_date(case.next_follow_up, short=True) or "—"},
    ]


@requires("seruni_cases.view_case")
def case(request, code):
    row, book = open_case(request, code), Codebook()
    fetch_for_page(row)
    acts = allowed(request.user, row)
    until = row.revealed  # asked with the case, by the door
    companion = row.companion()
    context = {
        "case": row,
        "acts": {act.name for act in acts},
        "moves": _moves(row, acts, request.user),
        "risk_tone": RISK_TONES.get(row.risk, "plain"),
        "companion": companion.user.name if companion else "",
        "facts": facts_of(row, book),
        "identity": _identity(row) if until else None,
        "until": until,
        "banner": contact_banner(row.survivor.safe_contact(), book, open_=bool(until)),
        "consents": [_consent(line, book) for line in row.consents.all()],
        "services": [_service(service, book) for service in list(row.services.all())[:NEWEST]],
        "referrals": [_referral(referral, book) for referral in row.referrals.all()],
        "clocks": Obligation.objects.about(row).open(),
    }
    return render(request, "seruni_cases/case/case.html", context)


def _moves(case: Case, acts: set, user) -> list[dict]:
    """Return the legal moves as buttons, with what is still missing."""
    plain = [act for act in acts if isinstance(act, Move) and act != Move.RETURN_CLOSURE]
    return [
        {
            "name": move.value,
            "label": move.label,
            "url": to(OWN_PAGE[move], case.code) if move in OWN_PAGE else to("move", case.code, move.value),
            # A closure's reason decides what it needs; its own page says it.
            "missing": [] if move in OWN_PAGE else missing(case, move, user),
        }
        for move in TABLE
        if move in plain
    ]


def facts_of(case: Case, book: Codebook) -> list[tuple]:
    place = str(case.kelurahan or case.kecamatan or "") or case.outside
    return [
        ("Nomor register", case.number),
        ("Kategori", book.label(Code.List.CATEGORY, case.category)),
        ("Bentuk kekerasan", book.labels(Code.List.VIOLENCE, [v.code for v in case.violence.all()])),
        ("Umur", f"{case.get_age_band_display()}{' (perkiraan)' if case.age_estimated else ''}"),
        ("Jenis kelamin", case.get_sex_display()),
        ("Tempat tinggal", place),
        ("Tempat kejadian", book.label(Code.List.PLACE, case.place)),
        ("Hubungan terlapor", book.label(Code.List.RELATION, case.relation)),
        ("Pendidikan", book.label(Code.List.EDUCATION, case.education)),
        ("Pekerjaan", book.label(Code.List.WORK, case.work)),
        ("Status perkawinan", book.label(Code.List.MARITAL, case.marital)),
        ("Disabilitas", book.label(Code.List.DISABILITY, case.disability)),
        ("Didaftarkan", format_datetime(case.registered_at)),
    ]


def _identity(case: Case) -> list[tuple]:
    person = case.survivor
    return [
        ("Nama lengkap", person.name),
        ("Nama panggilan", person.nickname),
        ("NIK", mask_nik(person.nik)),
        ("Telepon", format_phone(person.phone)),
        ("Tanggal lahir", format_date(person.birth_date)),
        ("Alamat", person.address),
    ]


def _consent(line, book: Codebook) -> dict:
    to_whom = str(line.institution or "") or book.label(Code.List.FAMILY, line.family)
    word, tone = line.state()
    return {
        "row": line,
        "title": f"{line.get_purpose_display()}{f': {to_whom}' if to_whom else ''}",
        "until": line.ends,
        "word": word,
        "tone": tone,
    }


def _service(service, book: Codebook) -> dict:
    return {
        "day": service.given_on,
        "title": book.label(Code.List.SERVICE, service.kind),
        "who": service.staff.name,
        "result": service.get_result_display(),
    }


def _referral(referral, book: Codebook) -> dict:
    return {
        "row": referral,
        "url": to("referral", referral.code),
        "title": f"{referral.institution}: {book.label(Code.List.SERVICE, referral.service)}",
    }


@requires("seruni_cases.view_case")
def move(request, code, verb):
    """A plain move: asked once, with a reason where the table wants one."""
    row, wanted = open_case(request, code), _plain_move(verb)
    form = MoveForm(request.POST or None)
    form.fields["reason"].required = TABLE[wanted].reasoned

    def act(data):
        stages.move(row, wanted, reason=data["reason"], by=request.user)
        still = visible_cases(request.user).filter(pk=row.pk).exists()
        return to("case", row.code) if still else to("caseload")

    context = {"case": row, "move": wanted, "missing": missing(row, wanted, request.user)}
    return form_page(request, "seruni_cases/case/move.html", form, act, **context)


def _plain_move(verb: str) -> Move:
    if verb not in Move.values or Move(verb) in stages.OWN_FORM:
        raise Refused("Tindakan ini tidak dikenal.")
    return Move(verb)


@requires("seruni_cases.note_case")
def note(request, code):
    row = open_case(request, code)
    form = NoteForm(request.POST or None)

    def act(data):
        names = ("kind", "text", "happened_at", "risk")
        entries.note(row, by=request.user, **{name: data[name] for name in names})
        return to("chronology", row.code)

    return form_page(request, "seruni_cases/case/note.html", form, act, case=row)


@requires("seruni_cases.note_case")
def facts(request, code):
    row = open_case(request, code)
    codes = list(row.violence.values_list("code", flat=True))
    initial = {**FactsForm.starting(row, codes), "version": row.version}
    form = ChangeFactsForm(request.POST or None, initial=initial)

    def act(data):
        entries.change_facts(
            row, facts=form.facts(), violence=data["violence"], version=data["version"], by=request.user
        )
        return to("case", row.code)

    context = {"case": row, "places": form.fields["place"].options}
    return form_page(request, "seruni_cases/case/facts.html", form, act, **context)
