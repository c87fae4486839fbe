"""Named sets that a database must find by index say the same as the words of the workflow."""

import pytest

from seruni_cases.models import Case, Complaint
from seruni_cases.workflow import OPEN, SETTLED, UNSETTLED, Outcome, Status


@pytest.mark.parametrize("status", Status)
def test_a_case_runs_in_the_database_as_long_as_it_is_open(case, status):
    changes = {"status": status}
    if status == Status.CLOSED:
        changes |= {"closed_at": case.registered_at, "closure_reason": "T1"}
    Case.objects.filter(pk=case.pk).update(**changes)
    case.refresh_from_db()
    assert case.running == (status in OPEN)
    assert Case.objects.open().filter(pk=case.pk).exists() == case.is_open


def test_every_outcome_is_settled_or_not():
    assert set(UNSETTLED) | SETTLED == {"", *Outcome}
    assert not set(UNSETTLED) & SETTLED


@pytest.mark.parametrize("outcome", [o for o in ["", *Outcome] if o != Outcome.MERGED])
def test_a_complaint_is_worked_on_until_its_outcome_settles_it(complaint, outcome):
    Complaint.objects.filter(pk=complaint.pk).update(outcome=outcome)
    complaint.refresh_from_db()
    assert Complaint.objects.unsettled().filter(pk=complaint.pk).exists() != complaint.is_settled
