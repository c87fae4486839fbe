"""Daily work in a case: consent, services, follow-up."""

from django.shortcuts import get_object_or_404

from pug_portal.core.access import requires
from seruni_cases.access import may_see_identity, open_case
from seruni_cases.actions import consent as consents
from seruni_cases.actions.followup import follow_up as record_follow_up
from seruni_cases.actions.services import provide
from seruni_cases.forms.work import ConfirmForm, ConsentForm, FollowUpForm, ServiceForm
from seruni_cases.models import Code, Codebook
from seruni_cases.views._pages import contact_banner, form_page, partners, to


@requires("seruni_cases.consent_case")
def consent(request, code):
    row = open_case(request, code)
    initial = {"purpose": request.GET.get("tujuan", "")}
    form = ConsentForm(request.POST or None, partners=partners(), initial=initial)

    def act(data):
        consents.consent(row, line=form.line(), by=request.user)
        return to("case", row.code)

    return form_page(request, "seruni_cases/case/consent.html", form, act, case=row)


@requires("seruni_cases.consent_case")
def withdraw(request, code, consent_id):
    """Withdrawal: asked once, because it takes referrals back at once."""
    row = open_case(request, code)
    line = get_object_or_404(row.consents.select_related("institution", "case"), pk=consent_id)
    form = ConfirmForm(request.POST or None, initial={"version": line.version})

    def act(data):
        consents.withdraw(line, version=data["version"], by=request.user)
        return to("case", row.code)

    context = {"case": row, "line": line, "live": line.referrals.live().count()}
    return form_page(request, "seruni_cases/case/withdraw.html", form, act, **context)


@requires("seruni_cases.provide_service")
def service(request, code):
    """Catat layanan: today, me, and the last provider are filled in."""
    row, book = open_case(request, code), Codebook()
    recent = list(row.services.select_related("provider", "staff").defer("note")[:5])
    form = ServiceForm(
        request.POST or None, partners=partners(), initial=_like(recent, request.GET), book=book
    )

    def act(data):
        provide(row, service=form.service(), by=request.user)
        return to("service" if "again" in request.POST else "case", row.code)

    context = {
        "case": row,
        "recent": [(s.given_on, book.label(Code.List.SERVICE, s.kind), s.staff.name) for s in recent],
        "has_consent": row.consents.live().for_service().exists(),
    }
    return form_page(request, "seruni_cases/case/service.html", form, act, **context)


def _like(recent, params) -> dict:
    """Return the first values: the last provider always, the whole last row when asked."""
    if not recent:
        return {}
    last = recent[0]
    if "seperti" not in params:
        return {"provider": last.provider_id}
    return {
        "provider": last.provider_id,
        "kind": last.kind,
        "result": last.result,
        "mode": last.mode,
        "place": last.place,
        "minutes": last.minutes,
    }


@requires("seruni_cases.follow_up")
def follow_up(request, code):
    row, book = open_case(request, code), Codebook()
    form = FollowUpForm(request.POST or None, book=book)

    def act(data):
        record_follow_up(row, attempt=form.attempt(), next_day=data["next_day"], by=request.user)
        return to("case", row.code)

    is_open = may_see_identity(request.user, row)
    context = {
        "case": row,
        "banner": contact_banner(row.survivor.safe_contact(), book, open_=is_open),
        "attempts": row.attempts.select_related("by").defer("note")[:10],
    }
    return form_page(request, "seruni_cases/case/follow_up.html", form, act, **context)
