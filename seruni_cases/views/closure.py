"""Proposing the end of a case, deciding it, opening it again."""

from pug_portal.core.access import requires
from seruni_cases.access import may_read_story, open_case, visible_cases
from seruni_cases.actions import closure as acts
from seruni_cases.actions.guards import missing, needs_head, open_closure
from seruni_cases.forms.work import ClosureForm, DecideForm, ReopenForm
from seruni_cases.models import Closure, Code, Codebook
from seruni_cases.views._pages import form_page, to
from seruni_cases.workflow import EARLY_CLOSURE, Move, Status


@requires("seruni_cases.propose_closure")
def close(request, code):
    row = open_case(request, code)
    form = ClosureForm(request.POST or None)
    early = row.status != Status.MONITORING
    if early:
        choices = form.fields["reason"].choices
        form.fields["reason"].choices = [one for one in choices if one[0] in EARLY_CLOSURE]

    def act(data):
        names = ("reason", "checklist", "note")
        acts.propose_closure(row, by=request.user, **{name: data[name] for name in names})
        return to("case", row.code)

    lacking = missing(row, Move.PROPOSE_CLOSURE, request.user)
    context = {"case": row, "missing": lacking, "early": early}
    return form_page(request, "seruni_cases/closure/close.html", form, act, **context)


@requires("seruni_cases.approve_closure")
def approve_closure(request, code):
    row, book = open_case(request, code), Codebook()
    form = DecideForm(request.POST or None)

    def act(data):
        if data["decision"] == "approve":
            acts.approve_closure(row, by=request.user)
        else:
            acts.return_closure(row, reason=data["reason"], by=request.user)
        still = visible_cases(request.user).filter(pk=row.pk).exists()
        return to("case", row.code) if still else to("caseload")

    context = {"case": row, **_proposal(row, book, request.user)}
    return form_page(request, "seruni_cases/closure/approve_closure.html", form, act, **context)


def _proposal(case, book: Codebook, user) -> dict:
    closure = open_closure(case)
    if closure is None:
        return {"closure": None}
    checked = set(closure.checklist)
    return {
        "closure": closure,
        "reason": book.label(Code.List.CLOSURE, closure.reason),
        "checklist": [(words, key in checked) for key, words in Closure.CHECKLIST],
        "note": closure.note if may_read_story(user, case) else "",
        "needs_head": needs_head(case, closure.reason),
        "missing": missing(case, Move.APPROVE_CLOSURE, user),
    }


@requires("seruni_cases.reopen_case")
def reopen(request, code):
    row = open_case(request, code)
    form = ReopenForm(request.POST or None)

    def act(data):
        acts.reopen(row, reason=data["reason"], by=request.user)
        return to("case", row.code)

    return form_page(request, "seruni_cases/closure/reopen.html", form, act, case=row)
