"""A case ends by two people, for a coded reason, and can be opened again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from pug_portal.core.models import Obligation
from seruni_cases.access import visible_cases
from seruni_cases.actions.closure import approve_closure, propose_closure, reopen, return_closure
from seruni_cases.actions.followup import follow_up
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Case, Closure
from seruni_cases.workflow import Status

ALL = [key for key, _ in Closure.CHECKLIST]


def propose(case, by, reason="T2"):
    propose_closure(case, reason=reason, checklist=ALL, note="", by=by)


def test_proposer_and_judge_differ_and_the_companions_sight_ends(case, companion, manager):
    propose(case, companion)
    with pytest.raises(Refused):
        approve_closure(case, by=companion)
    approve_closure(case, by=manager)
    case.refresh_from_db()
    assert (case.status, case.closure_reason) == (Status.CLOSED, "T2")
    assert not visible_cases(companion).exists()
    assert not Obligation.objects.about(case).open().exists()


def test_a_manager_does_not_judge_her_own_proposal(case, manager, seruni_head):
    propose(case, manager)
    with pytest.raises(NotYet, match="bukan pengusulnya"):
        approve_closure(case, by=manager)
    approve_closure(case, by=seruni_head)


@pytest.mark.parametrize("change", [{"risk": "tinggi"}, {"age_band": "13-17"}])
def test_high_risk_and_children_are_judged_by_the_head(case, companion, manager, seruni_head, change):
    Case.objects.filter(pk=case.pk).update(**change)
    case.refresh_from_db()
    propose(case, companion)
    with pytest.raises(NotYet, match="Ketua"):
        approve_closure(case, by=manager)
    approve_closure(case, by=seruni_head)


def test_needs_met_is_no_reason_before_monitoring_or_at_high_risk(case, companion):
    with pytest.raises(NotYet):
        propose(case, companion, "T1")
    Case.objects.filter(pk=case.pk).update(status=Status.MONITORING, risk="tinggi")
    case.refresh_from_db()
    with pytest.raises(NotYet, match="tinggi"):
        propose(case, companion, "T1")


def test_a_lost_contact_is_proved_by_tries_ways_and_days(case, companion):
    start = timezone.now() - timedelta(days=31)
    for number, way in enumerate(["WA", "TELEPON", "WA"]):
        with pytest.raises(NotYet):
            propose(case, companion, "T3")
        attempt = {"way": way, "result": "tidak_diangkat", "at": start + timedelta(days=15.5 * number)}
        follow_up(case, attempt=attempt, by=companion)
    propose(case, companion, "T3")
    assert Case.objects.get().status == Status.CLOSING


def test_an_open_referral_keeps_the_case_open(case, companion, referral):
    with pytest.raises(NotYet, match="rujukan"):
        propose(case, companion)


def test_a_late_duty_keeps_the_case_open(case, companion):
    Obligation.objects.about(case).update(due_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(NotYet, match="tenggat"):
        propose(case, companion)


def test_a_returned_proposal_goes_back_where_it_came_from(case, companion, manager):
    propose(case, companion)
    with pytest.raises(NotYet):
        return_closure(case, reason="", by=manager)
    return_closure(case, reason="Hubungi sekali lagi.", by=manager)
    case.refresh_from_db()
    assert case.status == Status.REGISTRATION
    propose(case, companion)
    assert Closure.objects.count() == 2


def test_reopening_needs_a_reason_and_brings_the_companion_back(case, companion, manager):
    propose(case, companion)
    approve_closure(case, by=manager)
    Closure.objects.get()
    with pytest.raises(NotYet):
        reopen(case, reason="", by=manager)
    reopen(case, reason="Permintaan penyintas.", by=manager)
    case.refresh_from_db()
    assert (case.status, case.closed_at, case.closure_reason) == (Status.REOPENED, None, "")
    assert visible_cases(companion).get() == case
    with pytest.raises(Refused):
        reopen(case, reason="lagi", by=companion)


def test_the_pages_propose_and_decide_once(as_, companion, manager, case, idem):
    close = reverse("seruni_cases:close", args=[case.code])
    assert as_(companion).post(close, {**idem, "reason": "T2"}).status_code == 422
    for _ in range(2):
        typed = {**idem, "reason": "T2", "checklist": ALL}
        assert as_(companion).post(close, typed).status_code == 303
    decide = reverse("seruni_cases:approve_closure", args=[case.code])
    assert as_(manager).post(decide, {**idem, "decision": "return"}).status_code == 422
    for _ in range(2):
        assert as_(manager).post(decide, {**idem, "decision": "approve"}).status_code == 303
    assert Case.objects.get().status == Status.CLOSED


def test_an_unknown_reason_is_not_offered_early(as_, companion, case, idem):
    close = reverse("seruni_cases:close", args=[case.code])
    assert as_(companion).post(close, {**idem, "reason": "T1", "checklist": ALL}).status_code == 422
