"""A referral shares exactly what was agreed, with whom it was agreed, or not at all."""

import pytest
from django.core import mail
from django.urls import reverse

from pug_portal.core import outbox
from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent, Obligation
from seruni_cases.actions.consent import consent
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.referral import mark_seen, refer, revoke
from seruni_cases.models import Referral

from .conftest import CANARIES, NAME, NICKNAME, consent_line, request_for


def test_without_a_line_for_this_partner_nothing_leaves(case, companion, hospital, dinkes, service_consent):
    with pytest.raises(NotYet, match="Belum ada persetujuan"):
        refer(case, by=companion, **request_for(hospital))
    line = consent_line(purpose="rujukan", institution=dinkes, data=["identitas", "ringkasan"])
    consent(case, line=line, by=companion)
    with pytest.raises(NotYet):
        refer(case, by=companion, **request_for(hospital))
    assert not Referral.objects.exists()


def test_a_field_beyond_the_consent_is_refused_by_name(case, companion, hospital, sharing_consent):
    with pytest.raises(NotYet, match="Alamat"):
        refer(case, by=companion, **request_for(hospital, fields=["umur", "alamat"]))


def test_a_line_for_the_family_of_the_service_carries_too(case, companion, hospital):
    line = consent_line(purpose="rujukan", family="kesehatan", data=["identitas", "ringkasan"])
    consent(case, line=line, by=companion)
    assert refer(case, by=companion, **request_for(hospital)).consent.family == "kesehatan"
    with pytest.raises(NotYet):
        refer(case, by=companion, **request_for(hospital, service="KONSEL_HUKUM"))


def test_a_refusal_is_no_consent(case, companion, hospital):
    line = consent_line(purpose="rujukan", institution=hospital, data=["identitas"], status="ditolak")
    consent(case, line=line, by=companion)
    with pytest.raises(NotYet):
        refer(case, by=companion, **request_for(hospital))


def test_saving_a_life_needs_no_consent_but_a_reason_that_the_manager_sees(
    as_, case, companion, manager, hospital
):
    with pytest.raises(NotYet):
        refer(case, by=companion, **request_for(hospital, basis="kepentingan_vital"))
    vital = request_for(hospital, basis="kepentingan_vital", basis_reason="Luka berat, tidak sadar.")
    row = refer(case, by=companion, **vital)
    assert Obligation.objects.about(case).open().filter(kind="case.consent").exists()
    page = as_(manager).get(reverse("seruni_cases:referral", args=[row.code])).content.decode()
    assert "Luka berat, tidak sadar." in page


def test_the_packet_holds_the_chosen_fields_and_nothing_else(referral):
    assert [words for words, _ in referral.packet] == [
        "Kelompok umur",
        "Kecamatan",
        "Nama panggilan",
        "Yang diminta",
    ]
    assert NICKNAME in str(referral.packet) and NAME not in str(referral.packet)


def test_sending_starts_the_clock_and_a_letter_that_names_nothing(referral, partner):
    clock = Obligation.objects.get(target_id=referral.pk, kind="referral.answer")
    assert clock.due_at == referral.answer_due and clock.institution == referral.institution
    outbox.send_waiting()
    (letter,) = mail.outbox
    assert letter.to == [partner.email]
    forbidden = (*CANARIES, referral.code, referral.case.code, "SERUNI", "rujukan", "kekerasan", "visum")
    text = f"{letter.subject} {letter.body}".lower().replace("/kerja/seruni/rujukan/", "")
    assert not [word for word in forbidden if word.lower() in text]


def test_the_record_of_sending_holds_field_names_and_no_value(referral):
    event = AuditEvent.objects.get(kind="referral.sent")
    assert not [canary for canary in CANARIES if canary in str(event.facts)]


def test_the_preview_lists_exactly_the_packet_and_masks_identity(
    as_, companion, case, hospital, sharing_consent, partner, idem
):
    url = reverse("seruni_cases:refer", args=[case.code])
    typed = {
        **idem,
        "service": "VISUM",
        "institution": str(hospital.pk),
        "urgency": "segera",
        "request": "Perlu diperiksa.",
        "fields_shared": ["umur", "panggilan", "permintaan"],
        "basis": "persetujuan",
    }
    preview = as_(companion).post(url, typed)
    page = preview.content.decode()
    assert preview.status_code == 200 and not Referral.objects.exists()
    assert "Perlu diperiksa." in page and NICKNAME not in page and "disamarkan" in page
    for _ in range(2):
        assert as_(companion).post(url, {**typed, "send": "1"}).status_code == 303
    assert Referral.objects.count() == 1


def test_the_preview_says_at_once_what_consent_is_missing(as_, companion, case, hospital, partner, idem):
    url = reverse("seruni_cases:refer", args=[case.code])
    typed = {
        **idem,
        "service": "VISUM",
        "institution": str(hospital.pk),
        "urgency": "segera",
        "request": "Perlu diperiksa.",
        "fields_shared": ["umur"],
        "basis": "persetujuan",
    }
    answer = as_(companion).post(url, typed)
    assert answer.status_code == 422
    assert "Belum ada persetujuan berbagi" in answer.content.decode()


def test_another_companion_neither_sends_nor_revokes(case, referral, other_companion, hospital):
    with pytest.raises(Refused):
        refer(case, by=other_companion, **request_for(hospital))
    with pytest.raises(Refused):
        revoke(referral, by=other_companion)


def test_revoking_and_reading_the_news_through_the_page(as_, companion, referral, idem):
    client = as_(companion)
    assert client.post(reverse("seruni_cases:seen", args=[referral.code])).status_code == 303
    assert Referral.objects.get().seen_at
    url = reverse("seruni_cases:revoke", args=[referral.code])
    assert client.post(url, {**idem, "version": referral.version}).status_code == 303
    assert Referral.objects.get().status == "dicabut"


def test_news_are_marked_once(referral, companion):
    mark_seen(referral, by=companion)
    mark_seen(referral, by=companion)
    assert AuditEvent.objects.filter(kind="referral.seen").count() == 1
