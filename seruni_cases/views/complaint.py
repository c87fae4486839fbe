"""One complaint: its page, completing it, triage, calling back, opening the reporter."""

from django.shortcuts import render

from pug_portal.core.access import requires
from pug_portal.core.models import Obligation
from seruni_cases import matching
from seruni_cases.access import (
    known_cases,
    may_see_identity,
    open_complaint,
    revealed_until,
    visible_cases,
)
from seruni_cases.actions import complaint as acts
from seruni_cases.actions.identity import reveal
from seruni_cases.actions.registration import register as register_case
from seruni_cases.forms.case import FactsForm, RegisterForm, RevealForm
from seruni_cases.forms.complaint import CallBackForm, CompleteForm, TriageForm
from seruni_cases.models import Code, Codebook, Complaint
from seruni_cases.models.complaint import Sign
from seruni_cases.views._pages import contact_banner, form_page, to
from seruni_cases.views.inbox import age_words
from seruni_cases.workflow import RISK_TONES, Outcome

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def spoken(code: str) -> str:
    """Return a code as it is read aloud: `A-D-U, dua enam, tujuh F tiga Q X, M`."""
    groups = (" ".join(DIGITS[int(c)] if c.isdigit() else c for c in part) for part in code.split("-"))
    return ", ".join(groups)


@requires("seruni_cases.receive_complaint")
def received(request, code):
    """The number, at once, in a form that can be spoken."""
    row = open_complaint(request, code)
    context = {"complaint": row, "spoken": spoken(row.code), **_next_steps(request.user, row)}
    return render(request, "seruni_cases/inbox/received.html", context)


def _next_steps(user, row: Complaint) -> dict:
    registered = getattr(row, "case", None)
    ready = row.outcome == Outcome.CASE or (
        row.outcome == "" and user.has_perm("seruni_cases.triage_complaint")
    )
    may_register = user.has_perm("seruni_cases.register_case") and not registered and ready
    return {
        "may_register": may_register,
        "may_triage": user.has_perm("seruni_cases.triage_complaint") and not registered,
        "may_change": user.has_perm("seruni_cases.receive_complaint") and not registered,
        "may_reveal": user.has_perm("seruni_cases.reveal_identity"),
    }


@requires("seruni_cases.view_complaint")
def complaint(request, code):
    row, book = open_complaint(request, code), Codebook()
    is_open = may_see_identity(request.user, row)
    context = {
        "complaint": row,
        "age": age_words(row.received_at),
        "risk_tone": RISK_TONES.get(row.risk, "plain"),
        "facts": _facts(row, book),
        "identity": _identity(row) if is_open else None,
        "until": revealed_until(request.user, row) if is_open else None,
        "banner": contact_banner(row.safe_contact(), book, open_=is_open),
        "attempts": row.attempts.select_related("by")[:20],
        "clocks": Obligation.objects.about(row).open(),
        "registered": _registered(request.user, row),
        **_next_steps(request.user, row),
    }
    return render(request, "seruni_cases/inbox/complaint.html", context)


def _facts(row: Complaint, book: Codebook) -> list[tuple]:
    signs = [Sign(code).label for code in row.danger_signs]
    return [
        ("Kanal", book.label(Code.List.CHANNEL, row.channel)),
        ("Yang menghubungi", book.label(Code.List.REPORTER, row.reporter)),
        ("Aman bicara", row.get_safe_to_talk_display()),
        ("Bahaya sekarang", ", ".join([row.get_danger_now_display(), *signs])),
        ("Kebutuhan mendesak", book.labels(Code.List.NEED, row.urgent_needs)),
        ("Umur", f"{row.get_age_band_display()}{' (perkiraan)' if row.age_estimated else ''}"),
        ("Jenis kelamin", row.get_sex_display()),
        ("Tempat", str(row.kelurahan or row.get_outside_display())),
        ("Dugaan bentuk", book.labels(Code.List.VIOLENCE, row.violence)),
        ("Ia tahu dilaporkan", row.get_survivor_knows_display()),
        ("Kewenangan", book.label(Code.List.AUTHORITY, row.authority)),
        ("Penerima", row.receiver.name if row.receiver else "Publik"),
    ]


def _identity(row: Complaint) -> list[tuple]:
    return [
        ("Nama panggilan", row.called),
        ("Nama pelapor", row.reporter_name),
        ("Telepon pelapor", row.reporter_phone),
    ]


def _registered(user, row: Complaint) -> dict | None:
    """Return what the desk may know of the case: that it exists, its stage and who works on it."""
    case = getattr(row, "case", None) or row.merged_into
    if case is None or not known_cases(user).filter(pk=case.pk).exists():
        return None
    companion = case.companion()
    visible = visible_cases(user).filter(pk=case.pk).exists()
    return {
        "code": case.code,
        "url": to("case", case.code) if visible else "",
        "status": case.get_status_display(),
        "tone": case.tone,
        "companion": companion.user.name if companion else "",
    }


@requires("seruni_cases.receive_complaint")
def complete(request, code):
    """Lengkapi: what the first card left open."""
    row = open_complaint(request, code)
    form = CompleteForm(request.POST or None, initial=CompleteForm.starting(row))

    def act(data):
        changes = form.changes()
        acts.complete(row, changes=changes, contact=form.contact(), version=data["version"], by=request.user)
        return to("complaint", row.code)

    context = {"complaint": row, "places": form.fields["place"].options}
    return form_page(request, "seruni_cases/inbox/complete.html", form, act, **context)


@requires("seruni_cases.triage_complaint")
def triage(request, code):
    row = open_complaint(request, code)
    initial = {"risk": row.risk, "version": row.version, "authority": row.authority or "KOTA"}
    form = TriageForm(request.POST or None, initial=initial)

    def act(data):
        names = ("outcome", "reason", "risk", "authority", "handed_to", "merge_code", "version")
        acts.triage(row, by=request.user, **{name: data[name] for name in names})
        goes_on = data["outcome"] == Outcome.CASE and request.user.has_perm("seruni_cases.register_case")
        return to("register", row.code) if goes_on else to("complaint", row.code)

    return form_page(request, "seruni_cases/inbox/triage.html", form, act, complaint=row)


@requires("seruni_cases.receive_complaint")
def call_back(request, code):
    row, book = open_complaint(request, code), Codebook()
    form = CallBackForm(request.POST or None, book=book)

    def act(data):
        names = ("way", "result", "note", "at")
        acts.call_back(row, by=request.user, **{name: data[name] for name in names})
        return to("complaint", row.code)

    is_open = may_see_identity(request.user, row)
    banner = contact_banner(row.safe_contact(), book, open_=is_open)
    context = {"complaint": row, "banner": banner}
    return form_page(request, "seruni_cases/inbox/call_back.html", form, act, **context)


@requires("seruni_cases.reveal_identity")
def reveal_complaint(request, code):
    row = open_complaint(request, code)
    form = RevealForm(request.POST or None)

    def act(data):
        reveal(row, reason=data["reason"], note=data["note"], by=request.user)
        return to("complaint", row.code)

    context = {"file": row, "back": to("complaint", row.code)}
    return form_page(request, "seruni_cases/case/reveal.html", form, act, **context)


@requires("seruni_cases.register_case")
def register(request, code):
    """A complaint becomes a case. `lanjut=rujuk` goes on to the referral at once."""
    row = open_complaint(request, code)
    starting = {**FactsForm.starting(row, row.violence), **_starting_contact(request.user, row)}
    candidates = _candidates(request, row)
    book = Codebook()
    form = RegisterForm(request.POST or None, initial=starting, candidates=candidates, book=book)

    def act(data):
        _triage_at_once(row, data["risk"], request.user)
        case = register_case(
            complaint=row,
            facts=form.facts(),
            violence=data["violence"],
            identity=form.identity(),
            contact=form.contact(),
            same_person=form.known_person(),
            by=request.user,
        )
        return to("refer" if request.GET.get("lanjut") == "rujuk" else "case", case.code)

    context = {
        "complaint": row,
        "places": form.fields["place"].options,
        "candidates": candidates,
        "facts_names": (*FactsForm.base_fields,),
    }
    return form_page(request, "seruni_cases/case/register.html", form, act, **context)


def _triage_at_once(row: Complaint, risk: str, by) -> None:
    """Registering an untriaged complaint is its triage, for those who decide triage."""
    if row.outcome == "":
        reason = "Didaftarkan langsung sebagai kasus."
        acts.triage(row, outcome=Outcome.CASE, reason=reason, risk=risk, authority="KOTA", by=by)


def _starting_contact(user, row: Complaint) -> dict:
    """Carry the answers over; the number and names only while the identity is open."""
    told = row.safe_contact()
    if told is None:
        return {}
    open_names = ("allowed", "starts", "ends")
    names = (*open_names, "way", "phone", "speak_as") if may_see_identity(user, row) else open_names
    return {f"contact_{name}": getattr(told, name) for name in names}


def _candidates(request, row: Complaint) -> list[matching.Hit]:
    """Look for the same person with what was typed.

    Not before something was typed, and not when the form is sent a second time: then the case
    that it made would be found.
    """
    if request.method != "POST" or getattr(row, "case", None):
        return []
    form = RegisterForm(request.POST)
    form.is_valid()
    data = form.cleaned_data
    age, birth = data.get("age"), data.get("birth_date")
    year = birth.year if birth else age.birth_year if age else None
    return matching.same_person(
        request.user,
        name=data.get("name") or "",
        birth_year=year,
        nik=data.get("nik") or "",
        phone=data.get("phone") or data.get("contact_phone") or "",
    )
