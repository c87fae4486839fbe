"""How every form page of this room answers, and pieces that several pages show."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from institutions.models import Institution
from pug_portal.core.access import WrongStage
from pug_portal.core.answers import is_answered
from pug_portal.core.idempotency import once
from pug_portal.core.models import RoleAssignment
from pug_portal.core.roles import Role
from pug_portal.core.wording import format_phone
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Code, Codebook, SafeContact

# Where counting of a list stops: beyond it, the exact number costs more than the page it stands on.
COUNTED = 1_000


class SeeOther(HttpResponseRedirect):
    status_code = 303


def to(name: str, *args) -> str:
    return reverse(f"seruni_cases:{name}", args=args)


def form_page(request, template: str, form, act: Callable[[dict], str], **context) -> HttpResponse:
    """Show a form, or carry it out once and go where `act` says.

    What is not accepted comes back with everything typed: 422 for answers to mend or things that
    are still missing, 409 when somebody else moved the file meanwhile.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                data = form.cleaned_data
                return SeeOther(once(data["idem"], by=request.user, act=lambda: act(data)))
            except (NotYet, WrongStage) as refusal:
                form.add_error(None, refusal.reason)
                status = 409 if isinstance(refusal, WrongStage) else 422
    return render(request, template, {"form": form, **context}, status=status)


def partners() -> QuerySet[Institution]:
    """Return institutions with somebody who can answer a request today."""
    held = RoleAssignment.objects.current().filter(role=Role.PARTNER, user__is_active=True)
    return Institution.objects.valid().filter(pk__in=held.values("institution"))


def contact_banner(contact: SafeContact | None, book: Codebook, *, open_: bool) -> dict:
    """Return what stands above every way to reach somebody. `open_`: the identity is revealed."""
    if contact is None or not is_answered(contact.allowed):
        return {"tone": "wait", "title": "Belum ditanya apakah boleh dihubungi.", "lines": []}
    if contact.allowed != "ya":
        return {"tone": "stop", "title": "Jangan dihubungi.", "lines": [], "asked": contact.asked_at}
    return {
        "tone": "ok" if contact.fits() else "wait",
        "title": "Boleh dihubungi" if contact.fits() else f"Di luar jam aman ({_hours(contact)})",
        "lines": _contact_lines(contact, book) if open_ else [_hours(contact)],
        "masked": not open_,
        "call": contact.phone if open_ and contact.fits() and not contact.is_stale else "",
        "call_words": format_phone(contact.phone) if open_ else "",
        "asked": contact.asked_at,
        "stale": contact.is_stale,
    }


def _hours(contact: SafeContact) -> str:
    if contact.starts is None:
        return "setiap jam"
    return f"{contact.starts:%H.%M}–{contact.ends:%H.%M}"


def _contact_lines(contact: SafeContact, book: Codebook) -> list[str]:
    way = book.label(Code.List.CONTACT, contact.way or "")
    speak_as = f"sebut diri sebagai {contact.speak_as}" if contact.speak_as else ""
    code_word = f"kata sandi: {contact.code_word}" if contact.code_word else ""
    return list(filter(None, [way, _hours(contact), speak_as, code_word]))
