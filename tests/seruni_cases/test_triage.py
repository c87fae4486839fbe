"""Triage: what becomes of a complaint, and what needs a second person."""

import pytest
from django.urls import reverse

from pug_portal.core.access import Refused
from pug_portal.core.models import Obligation
from seruni_cases.actions import complaint as acts
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Complaint, ContactAttempt
from seruni_cases.workflow import Outcome

from .conftest import card, triaged


def test_a_decision_stops_the_clocks_and_is_sealed_with_its_reason(complaint, officer):
    triaged(complaint, officer, Outcome.ADVISED)
    complaint.refresh_from_db()
    assert complaint.outcome == Outcome.ADVISED
    assert complaint.triaged_by == officer
    assert not Obligation.objects.about(complaint).open().exists()


def test_waiting_keeps_the_complaint_on_the_desk(complaint, officer):
    triaged(complaint, officer, Outcome.WAITING)
    assert Complaint.objects.unsettled().filter(pk=complaint.pk).exists()


def test_a_false_one_needs_a_supervisor_who_is_somebody_else(complaint, officer, manager):
    triaged(complaint, officer, Outcome.FALSE)
    complaint.refresh_from_db()
    assert complaint.outcome == ""
    assert Complaint.objects.waiting_supervisor().get() == complaint
    triaged(complaint, officer, Outcome.FALSE)
    assert Complaint.objects.get().outcome == ""
    triaged(complaint, manager, Outcome.FALSE, reason="Alasan kedua.")
    complaint.refresh_from_db()
    assert complaint.outcome == Outcome.FALSE
    assert "Sesuai kewenangan." in complaint.outcome_reason and "Alasan kedua." in complaint.outcome_reason


def test_a_supervisor_alone_cannot_call_it_false_either(complaint, manager):
    triaged(complaint, manager, Outcome.FALSE)
    triaged(complaint, manager, Outcome.FALSE)
    assert Complaint.objects.get().outcome == ""


def test_joining_a_case_carries_the_story_under_the_cases_key(case, officer, manager, codes):
    second = acts.receive(answers=card(summary="cerita kedua"), by=officer)
    with pytest.raises(NotYet):
        triaged(second, manager, Outcome.MERGED, merge_code="SRN-26-00000-0")
    triaged(second, manager, Outcome.MERGED, merge_code=case.code)
    assert "cerita kedua" in [note.text for note in case.notes.all()]
    assert case.merged_complaints.get() == second


def test_the_companion_does_not_decide_triage(complaint, companion):
    with pytest.raises(Refused):
        triaged(complaint, companion)


def test_handing_over_names_the_office(as_, officer, complaint, dinkes, idem):
    url = reverse("seruni_cases:triage", args=[complaint.code])
    typed = {"outcome": "dilimpahkan", "risk": "rendah", "authority": "KAB_LAIN", "reason": "Luar kota."}
    typed |= {**idem, "version": complaint.version}
    assert as_(officer).post(url, typed).status_code == 422
    assert as_(officer).post(url, {**typed, "handed_to": str(dinkes.pk)}).status_code == 303
    assert Complaint.objects.get().handed_to == dinkes


def test_two_people_triage_and_the_second_is_told(as_, officer, complaint):
    url = reverse("seruni_cases:triage", args=[complaint.code])
    typed = {
        "outcome": "konsultasi",
        "risk": "rendah",
        "authority": "KOTA",
        "reason": "Ditulis kedua.",
        "version": complaint.version,
    }
    triaged(complaint, officer, Outcome.WAITING)
    answer = as_(officer).post(url, typed)
    assert answer.status_code == 409
    assert "Ditulis kedua." in answer.content.decode()


def test_the_first_reached_call_stops_the_clock(officer, codes, complaint):
    Complaint.objects.filter(pk=complaint.pk).update(contacted_at=None)
    complaint.refresh_from_db()
    common = {"way": "WA", "note": "", "at": complaint.received_at, "by": officer}
    acts.call_back(complaint, result=ContactAttempt.Result.NO_ANSWER, **common)
    assert Complaint.objects.waiting_contact().exists()
    acts.call_back(complaint, result=ContactAttempt.Result.REACHED, **common)
    assert not Complaint.objects.waiting_contact().exists()
