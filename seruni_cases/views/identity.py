"""Opening and correcting an identity, and the list of who opened which."""

from django.shortcuts import render

from pug_portal.core.access import requires
from pug_portal.core.lists import KeysetPage
from seruni_cases.access import may_see_identity, open_case, visible_reveals
from seruni_cases.actions import identity as vault
from seruni_cases.forms.case import IdentityForm, RevealForm
from seruni_cases.models import Code, Codebook
from seruni_cases.views._pages import SeeOther, form_page, to


@requires("seruni_cases.reveal_identity")
def reveal(request, code):
    row = open_case(request, code)
    form = RevealForm(request.POST or None)

    def act(data):
        vault.reveal(row, reason=data["reason"], note=data["note"], by=request.user)
        return to("case", row.code)

    context = {"file": row, "back": to("case", row.code)}
    return form_page(request, "seruni_cases/case/reveal.html", form, act, **context)


@requires("seruni_cases.note_case")
def identity(request, code):
    """Correct the vault, within the ten minutes of an opening."""
    row = open_case(request, code)
    if not may_see_identity(request.user, row):
        return SeeOther(to("reveal", row.code))
    form = IdentityForm(request.POST or None, initial=IdentityForm.starting(row.survivor))

    def act(data):
        vault.change_identity(
            row, changes=form.identity(), contact=form.contact(), version=data["version"], by=request.user
        )
        return to("case", row.code)

    return form_page(request, "seruni_cases/case/identity.html", form, act, case=row)


@requires("seruni_cases.assign_case")
def reveals(request):
    """Who opened whose identity, and why: read by those who supervise it."""
    page = KeysetPage(
        visible_reveals(request.user).select_related("by"), order=("-at", "-id"), params=request.GET
    )
    book = Codebook()
    rows = [
        {
            "at": row.at,
            "by": row.by.name,
            "label": row.label,
            "note": row.note,
            "reason": book.label(Code.List.REVEAL, row.reason),
        }
        for row in page
    ]
    return render(request, "seruni_cases/case/reveals.html", {"page": page, "rows": rows})
