"""The partner answers on a phone and sees no more than was agreed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import Obligation
from pug_portal.core.roles import Role
from seruni_cases.actions.assignment import exclude
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.referral import answer, expire_silent, report_back, revoke
from seruni_cases.models import Referral

from .conftest import ADDRESS, CANARIES, NAME, NICKNAME, NIK, PHONE


def page(as_, user, name, referral):
    return as_(user).get(reverse(f"seruni_cases:{name}", args=[referral.code])).content.decode()


def test_before_accepting_the_partner_sees_the_teaser_only(as_, partner, referral):
    html = page(as_, partner, "packet", referral)
    assert "Candisari" in html and "25–44" in html and "Visum" in html
    assert not [canary for canary in CANARIES if canary in html]
    assert referral.case.code not in html and referral.case.survivor_id not in html


def test_after_accepting_the_partner_sees_the_agreed_fields_and_nothing_else(as_, partner, referral):
    answer(referral, accept=True, by=partner)
    html = page(as_, partner, "packet", referral)
    assert NICKNAME in html and "Perlu pemeriksaan." in html
    for hidden in (NAME, NIK, PHONE, ADDRESS, "0812", referral.case.code, referral.case.number):
        assert hidden not in html


@pytest.mark.parametrize("name", ["packet", "answer", "decline"])
def test_another_institution_is_told_that_there_is_no_such_request(as_, person, dinkes, referral, name):
    stranger = person(Role.PARTNER, at=dinkes)
    url = reverse(f"seruni_cases:{name}", args=[referral.code])
    assert as_(stranger).get(url).status_code == 404
    assert as_(stranger).post(url, {"reason": "PENUH"}).status_code == 404
    with pytest.raises(Refused):
        answer(referral, accept=True, by=stranger)


def test_one_tap_accepts_once_and_stops_the_clock(as_, partner, referral, idem):
    url = reverse("seruni_cases:answer", args=[referral.code])
    for _ in range(2):
        assert as_(partner).post(url, idem).status_code == 303
    referral.refresh_from_db()
    assert (referral.status, referral.answered_by) == ("diterima", partner)
    assert not Obligation.objects.about(referral).open().exists()


def test_declining_needs_a_reason_and_returns_to_the_sender(as_, partner, referral, idem):
    url = reverse("seruni_cases:decline", args=[referral.code])
    assert as_(partner).post(url, idem).status_code == 422
    assert as_(partner).post(url, {**idem, "reason": "PENUH"}).status_code == 303
    assert Referral.objects.come_back().get() == referral
    with pytest.raises(NotYet):
        answer(referral, accept=False, by=partner)


def test_an_answered_request_is_not_answered_again(referral, partner):
    answer(referral, accept=True, by=partner)
    with pytest.raises(WrongStage):
        answer(referral, accept=False, reason="PENUH", by=partner)


def test_an_appointment_makes_it_scheduled_and_the_sender_sees_who_and_when(
    as_, partner, companion, referral, idem
):
    url = reverse("seruni_cases:answer", args=[referral.code])
    as_(partner).post(url, {**idem, "appointment": "1 Desember 2027, 09.00", "note": "Bawa kartu."})
    html = page(as_, companion, "referral", referral)
    assert "Terjadwal" in html and partner.name in html and "Bawa kartu." in html


def test_the_four_questions_close_the_partners_sight(as_, partner, referral, idem):
    answer(referral, accept=True, by=partner)
    url = reverse("seruni_cases:report_back", args=[referral.code])
    assert as_(partner).post(url, idem).status_code == 422
    typed = {**idem, "attended": "hadir", "result": "selesai", "needs_more": "tidak", "note": "Selesai."}
    assert as_(partner).post(url, typed).status_code == 303
    referral.refresh_from_db()
    assert (referral.status, referral.feedback_note) == ("selesai", "Selesai.")
    assert NICKNAME not in page(as_, partner, "packet", referral)


@pytest.mark.parametrize(
    ("attended", "result", "status"),
    [
        ("hadir", "selesai", "selesai"),
        ("hadir", "berlanjut", "dalam_layanan"),
        ("hadir", "tidak", "dikembalikan"),
        ("tidak", "tidak", "tidak_hadir"),
        ("jadwal_ulang", "berlanjut", "terjadwal"),
    ],
)
def test_feedback_leads_to_its_state(referral, partner, attended, result, status):
    answer(referral, accept=True, by=partner)
    report_back(referral, attended=attended, result=result, needs_more="tidak", note="", by=partner)
    assert referral.status == status


def test_feedback_before_accepting_is_refused(as_, referral, partner):
    with pytest.raises(WrongStage):
        report_back(referral, attended="hadir", result="selesai", needs_more="tidak", note="", by=partner)
    url = reverse("seruni_cases:report_back", args=[referral.code])
    assert as_(partner).get(url).status_code == 404


def test_a_revoked_request_is_gone_for_the_partner(as_, referral, partner, companion):
    answer(referral, accept=True, by=partner)
    revoke(referral, by=companion)
    assert as_(partner).get(reverse("seruni_cases:packet", args=[referral.code])).status_code == 404


def test_an_excluded_partner_sees_nothing_of_it(as_, referral, partner, manager):
    exclude(referral.case, user=partner, by=manager)
    assert as_(partner).get(reverse("seruni_cases:packet", args=[referral.code])).status_code == 404


def test_a_week_of_silence_expires_the_request(referral):
    Referral.objects.filter(pk=referral.pk).update(answer_due=timezone.now() - timedelta(days=8))
    assert expire_silent() == 1
    assert expire_silent() == 0
    assert Referral.objects.come_back().get() == referral
