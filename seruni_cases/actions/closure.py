"""The end of a case: proposed by one person, decided by another, reversible with a reason."""

from django.db import transaction
from django.utils import timezone

from pug_portal.core import obligations
from pug_portal.core.roles import Role
from seruni_cases.actions._moves import _move
from seruni_cases.actions.guards import NotYet, open_closure, why_not_for_reason
from seruni_cases.actions.stages import plan_follow_up
from seruni_cases.models import Case, CaseAssignment, Closure
from seruni_cases.workflow import Move


@transaction.atomic
def propose_closure(case: Case, *, reason: str, checklist: list[str], note: str, by) -> Closure:
    """Propose to close a case for a coded reason, with the checklist of what was done."""
    if problem := why_not_for_reason(case, reason):
        raise NotYet(problem)
    kind = "case.closure_proposed"
    _move(case, Move.PROPOSE_CLOSURE, by=by, kind=kind, reason_code=reason, checked=len(checklist))
    return Closure.objects.create(case=case, reason=reason, checklist=checklist, note=note, proposed_by=by)


@transaction.atomic
def approve_closure(case: Case, *, by) -> None:
    """Close the case: clocks stop, its companion's sight ends."""
    closure = open_closure(case)
    changes = {
        "closed_at": timezone.now(),
        "closure_reason": closure.reason if closure else "",
        "next_follow_up": None,
    }
    _move(case, Move.APPROVE_CLOSURE, by=by, kind="case.closed", changes=changes)
    _decide(closure, Closure.Decision.APPROVED, by)
    obligations.stop_all(case)
    case.assignments.filter(ends__isnull=True).update(ends=timezone.localdate())


@transaction.atomic
def return_closure(case: Case, *, reason: str, by) -> None:
    """Send the proposal back; the case goes on where it was."""
    closure = open_closure(case)
    _move(case, Move.RETURN_CLOSURE, by=by, reason=reason)
    _decide(closure, Closure.Decision.RETURNED, by)


def _decide(closure: Closure | None, decision: str, by) -> None:
    if closure is None:
        raise NotYet("Usul penutupan tidak ditemukan.")
    closure.decision, closure.decided_by, closure.decided_at = decision, by, timezone.now()
    closure.save(update_fields=["decision", "decided_by", "decided_at"])


@transaction.atomic
def reopen(case: Case, *, reason: str, by) -> None:
    """Open a closed case again, with its last companion; risk is judged anew within a day."""
    changes = {"closed_at": None, "closure_reason": ""}
    _move(case, Move.REOPEN, by=by, reason=reason, kind="case.reopened", changes=changes)
    last = case.assignments.filter(part=CaseAssignment.Part.COMPANION).order_by("-ends").first()
    if last and Role.COMPANION in last.user.roles:
        CaseAssignment.objects.create(
            case=case, user=last.user, part=CaseAssignment.Part.COMPANION, assigned_by=by
        )
    plan_follow_up(case, timezone.localdate())
