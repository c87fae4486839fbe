"""A case moves by its table, with its guards, once, and the words of a reason stay sealed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent, Obligation
from seruni_cases.actions.chronology import note
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.services import provide
from seruni_cases.actions.stages import move
from seruni_cases.models import Case, CaseNote
from seruni_cases.workflow import Move, Status

from .conftest import STORY


def write(case, kind, by, **changes):
    return note(case, kind=kind, text=STORY, happened_at=timezone.now(), by=by, **changes)


def to_carrying_out(case, companion, manager):
    move(case, Move.ASSESS, by=companion)
    write(case, CaseNote.Kind.ASSESSMENT, companion, risk="sedang")
    move(case, Move.PLAN, by=companion)
    write(case, CaseNote.Kind.PLAN, companion)
    move(case, Move.SUBMIT_PLAN, by=companion)
    move(case, Move.APPROVE_PLAN, by=manager)


def test_the_usual_way_from_registration_to_monitoring(case, companion, manager, service_consent):
    to_carrying_out(case, companion, manager)
    with pytest.raises(NotYet):
        move(case, Move.MONITOR, by=companion)
    provide(case, service={"kind": "KONSELING"}, by=companion)
    move(case, Move.MONITOR, by=companion)
    case.refresh_from_db()
    assert case.status == Status.MONITORING
    assert case.next_follow_up is not None
    assert AuditEvent.objects.filter(kind="case.moved").count() == 5


def test_assessment_needs_consent_and_a_companion(case, companion):
    with pytest.raises(NotYet, match="persetujuan"):
        move(case, Move.ASSESS, by=companion)


def test_a_plan_is_approved_by_somebody_else(case, companion, manager, service_consent):
    move(case, Move.ASSESS, by=companion)
    write(case, CaseNote.Kind.ASSESSMENT, companion)
    move(case, Move.PLAN, by=companion)
    write(case, CaseNote.Kind.PLAN, manager)
    move(case, Move.SUBMIT_PLAN, by=companion)
    clock = Obligation.objects.about(case).open().filter(kind="case.plan_approval")
    assert clock.exists()
    with pytest.raises(Refused):
        move(case, Move.APPROVE_PLAN, by=companion)
    with pytest.raises(NotYet):
        move(case, Move.APPROVE_PLAN, by=manager)
    move(case, Move.RETURN_PLAN, reason="Tambahkan tujuan.", by=manager)
    assert not clock.exists()


def test_the_words_of_a_reason_are_sealed_and_not_in_the_record(case, companion):
    move(case, Move.PAUSE, reason=STORY, by=companion)
    assert STORY in [entry.text for entry in case.notes.filter(kind="tahap")]
    event = AuditEvent.objects.get(kind="case.moved")
    assert STORY not in f"{event.reason}{event.facts}"


def test_a_paused_case_goes_on_where_it_was_and_a_pause_wants_a_reason(case, companion):
    with pytest.raises(NotYet):
        move(case, Move.PAUSE, by=companion)
    move(case, Move.PAUSE, reason="Ia minta waktu.", by=companion)
    move(case, Move.CONTINUE, by=companion)
    assert case.status == Status.REGISTRATION


def test_two_people_move_at_once_and_one_is_told(case, companion, service_consent):
    stale = Case.objects.get(pk=case.pk)
    move(case, Move.ASSESS, by=companion)
    with pytest.raises(WrongStage):
        move(stale, Move.ASSESS, by=companion)


def test_a_move_that_the_stage_does_not_know_is_refused(case, companion):
    with pytest.raises(Refused):
        move(case, Move.MONITOR, by=companion)


@pytest.mark.parametrize("who", ["other_companion", "seruni_head", "partner", "superuser", "admin_person"])
def test_others_move_nothing(request, case, who):
    with pytest.raises(Refused):
        move(case, Move.PAUSE, reason="x", by=request.getfixturevalue(who))


def test_a_transferred_case_is_over_and_its_clocks_stop(case, manager):
    move(case, Move.TRANSFER, reason="Pindah ke kota lain.", by=manager)
    assert not Obligation.objects.about(case).open().exists()
    with pytest.raises(Refused):
        provide(case, service={"kind": "KONSELING"}, by=manager)


def test_the_page_shows_only_legal_moves_and_what_they_lack(as_, companion, case):
    page = as_(companion).get(reverse("seruni_cases:case", args=[case.code])).content.decode()
    assert "Mulai asesmen" in page and "Belum bisa" in page
    assert "Lanjut ke pemantauan" not in page and "Setujui rencana" not in page


def test_the_page_carries_out_a_move_once_and_keeps_the_reason_on_refusal(as_, companion, case, idem):
    url = reverse("seruni_cases:move", args=[case.code, "pause"])
    assert as_(companion).post(url, idem).status_code == 422
    for _ in range(2):
        assert as_(companion).post(url, {**idem, "reason": "Ia minta waktu."}).status_code == 303
    assert Case.objects.get().status == Status.PAUSED
    lacking = reverse("seruni_cases:move", args=[case.code, "reopen"])
    assert as_(companion).get(lacking).status_code == 403
