"""Following a case up: every try to reach her, and the next date."""

from django.db import transaction

from pug_portal.core import audit, obligations
from seruni_cases.access import ensure
from seruni_cases.actions._moves import touch
from seruni_cases.actions.stages import plan_follow_up
from seruni_cases.models import Case, ContactAttempt
from seruni_cases.workflow import Act


@transaction.atomic
def follow_up(case: Case, *, attempt: dict, next_day=None, by) -> ContactAttempt:
    """Write down a try and plan the next one. `attempt`: fields of ContactAttempt."""
    ensure(by, Act.FOLLOW_UP, case)
    row = ContactAttempt.objects.create(file=case.pk, case=case, by=by, **attempt)
    obligations.stop("case.follow_up", target=case)
    plan_follow_up(case, next_day)
    touch(case)
    told = {"result": row.result, "safety": row.safety, "new_incident": row.new_incident}
    audit.record("case.followed_up", case, by=by, scope=case.pk, **told)
    return row
