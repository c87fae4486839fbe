"""Moves that carry nothing but a reason, and the clocks they start and stop."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pug_portal.core import obligations
from pug_portal.core.access import Refused
from pug_portal.core.clock import due_after
from pug_portal.core.roles import Role
from seruni_cases.actions._moves import _move
from seruni_cases.models import Case
from seruni_cases.workflow import FOLLOW_UP_DAYS, Move

# Moves with a form of their own; they are not carried out by `move`.
OWN_FORM = frozenset({Move.PROPOSE_CLOSURE, Move.APPROVE_CLOSURE, Move.RETURN_CLOSURE, Move.REOPEN})


@transaction.atomic
def move(case: Case, move: Move, *, reason: str = "", by) -> None:
    """Carry out a plain move and set the clocks that belong to it."""
    if move in OWN_FORM:
        raise Refused("Tindakan ini mempunyai formulir sendiri.")
    _move(case, move, by=by, reason=reason)
    if move == Move.PLAN:
        obligations.stop("case.assess", target=case)
    if move == Move.SUBMIT_PLAN:
        due = due_after(timezone.now(), 24)
        obligations.start("case.plan_approval", target=case, due=due, owner_role=Role.CASE_MANAGER)
    if move in {Move.APPROVE_PLAN, Move.RETURN_PLAN}:
        obligations.stop("case.plan_approval", target=case)
    if move == Move.MONITOR and case.next_follow_up is None:
        plan_follow_up(case, timezone.localdate() + timedelta(days=FOLLOW_UP_DAYS[case.risk]))
    if move == Move.TRANSFER:
        obligations.stop_all(case)


def plan_follow_up(case: Case, day) -> None:
    """Set the next follow-up and its clock; None takes both away."""
    Case.objects.filter(pk=case.pk).update(next_follow_up=day)
    case.next_follow_up = day
    if day is None:
        obligations.stop("case.follow_up", target=case)
        return
    companion = case.companion()
    end_of_day = timezone.localtime().replace(
        year=day.year, month=day.month, day=day.day, hour=16, minute=0, second=0, microsecond=0
    )
    obligations.start(
        "case.follow_up",
        target=case,
        due=end_of_day,
        owner=companion.user if companion else None,
        owner_role="" if companion else Role.CASE_MANAGER,
    )
