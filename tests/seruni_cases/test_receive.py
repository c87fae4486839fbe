"""A complaint is received: at the desk, by keyboard, once."""

import pytest
from django.urls import reverse

from pug_portal.core import drafts
from pug_portal.core.access import PUBLIC, Refused
from pug_portal.core.models import AuditEvent, Obligation
from seruni_cases.actions.complaint import receive
from seruni_cases.models import Complaint, SafeContact

from .conftest import NICKNAME, PHONE, SUMMARY, card

CARD = "/kerja/seruni/kartu/"
FIVE = {
    "safe_to_talk": "aman",
    "danger_now": "tidak",
    "reporter": "SENDIRI",
    "urgent_needs": ["PSIKOLOG"],
    "summary": SUMMARY,
    "channel": "TELEPON",
    "received_at": "23 November 2026, 08.00",
}


def test_a_complaint_gets_a_code_clocks_and_a_line_in_the_record(codes, officer):
    complaint = receive(answers=card(channel="WA"), by=officer)
    assert complaint.code.startswith("ADU-")
    kinds = set(Obligation.objects.about(complaint).values_list("kind", flat=True))
    assert kinds == {"complaint.triage", "complaint.first_contact"}
    assert AuditEvent.objects.filter(kind="complaint.received", target_id=complaint.pk).exists()


def test_somebody_on_the_telephone_has_been_contacted_already(codes, officer):
    complaint = receive(answers=card(), by=officer)
    assert complaint.contacted_at == complaint.received_at
    assert not Obligation.objects.about(complaint).filter(kind="complaint.first_contact").exists()


def test_any_sign_of_danger_makes_the_risk_high_and_the_clock_fifteen_minutes(codes, officer):
    complaint = receive(answers=card(channel="WA", danger_signs=["senjata"]), by=officer)
    clock = Obligation.objects.get(target_id=complaint.pk, kind="complaint.first_contact")
    assert complaint.risk == "tinggi"
    assert (clock.due_at - complaint.received_at).total_seconds() == 15 * 60


def test_the_public_may_report_and_a_partner_may_not(codes, partner):
    assert receive(answers=card(channel="WEB"), by=PUBLIC).receiver is None
    with pytest.raises(Refused):
        receive(answers=card(), by=partner)


def test_the_five_answers_are_enough_and_the_number_is_shown_at_once(as_, officer, codes, idem):
    answer = as_(officer).post(CARD, {**FIVE, **idem})
    assert answer.status_code == 303
    page = as_(officer).get(answer.url).content.decode()
    assert Complaint.objects.get().code in page
    assert "Rujuk sekarang" in page and "Lengkapi" in page


@pytest.mark.parametrize("name", ["safe_to_talk", "danger_now", "reporter", "urgent_needs", "summary"])
def test_each_of_the_five_is_asked_for_and_nothing_typed_is_lost(as_, officer, codes, idem, name):
    without = {key: value for key, value in FIVE.items() if key != name}
    answer = as_(officer).post(CARD, {**without, **idem, "called": NICKNAME})
    assert answer.status_code == 422
    assert NICKNAME in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_double_click_makes_one_complaint(as_, officer, codes, idem):
    first = as_(officer).post(CARD, {**FIVE, **idem})
    second = as_(officer).post(CARD, {**FIVE, **idem})
    assert first.url == second.url
    assert Complaint.objects.count() == 1


def test_everything_of_the_card_is_kept_where_it_belongs(as_, officer, codes, candisari, idem):
    more = {
        "called": NICKNAME,
        "age": "kira-kira 34",
        "sex": "P",
        "place": "jomblang",
        "contact_allowed": "ya",
        "contact_way": "WA",
        "contact_phone": "0812 3456 7890",
        "contact_starts": "9.00",
        "contact_ends": "11.00",
    }
    assert as_(officer).post(CARD, {**FIVE, **more, **idem}).status_code == 303
    complaint = Complaint.objects.get()
    assert (complaint.kelurahan, complaint.age_band, complaint.age_estimated) == (candisari, "25-44", True)
    assert SafeContact.objects.get(file=complaint.pk).phone == PHONE


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("age", "dua puluh"),
        ("place", "Atlantis"),
        ("received_at", "besok"),
        ("received_at", "1 Januari 2099, 08.00"),
        ("contact_phone", "12"),
        ("contact_ends", "25.00"),
    ],
)
def test_unreadable_answers_come_back_with_a_sentence(as_, officer, codes, idem, field, typed):
    answer = as_(officer).post(CARD, {**FIVE, **idem, field: typed})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()


def test_what_was_typed_is_drafted_sealed_and_restored(as_, officer, codes):
    url = reverse("seruni_cases:card_draft")
    typed = {"called": NICKNAME, "urgent_needs": ["MEDIS", "AMAN"], "csrfmiddlewaretoken": "x"}
    assert as_(officer).post(url, typed).status_code == 204
    assert drafts.recall(str(officer.pk), "seruni.card")["urgent_needs"] == ["MEDIS", "AMAN"]
    page = as_(officer).get(CARD).content.decode()
    assert NICKNAME in page and "sudah dikembalikan" in page


def test_sending_the_card_throws_the_draft_away(as_, officer, codes, idem):
    as_(officer).post(reverse("seruni_cases:card_draft"), {"called": NICKNAME})
    as_(officer).post(CARD, {**FIVE, **idem})
    assert drafts.recall(str(officer.pk), "seruni.card") == {}


def test_somebody_elses_draft_is_not_shown(as_, officer, companion, codes):
    as_(officer).post(reverse("seruni_cases:card_draft"), {"called": NICKNAME})
    assert NICKNAME not in as_(companion).get(CARD).content.decode()


def test_the_card_is_not_for_partners_or_focal_points(as_, partner, focal, codes):
    assert as_(partner).get(CARD).status_code == 403
    assert as_(focal).get(CARD).status_code == 403
