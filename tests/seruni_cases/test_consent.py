"""Consent is a line with an end; withdrawing it takes sharing back at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from seruni_cases.access import packet_is_open, packets_for
from seruni_cases.actions import referral as referrals
from seruni_cases.actions.consent import consent, withdraw
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Consent

from .conftest import consent_line


def test_a_line_ends_after_ninety_days_unless_told_otherwise(service_consent):
    assert service_consent.ends == timezone.localdate() + timedelta(days=90)
    assert service_consent.is_live


def test_consent_about_statistics_reaches_the_case(case, companion):
    consent(case, line=consent_line(purpose="statistik", status="ditolak"), by=companion)
    case.refresh_from_db()
    assert case.statistics == "tidak"


def test_another_companion_records_nothing(case, other_companion):
    with pytest.raises(Refused):
        consent(case, line=consent_line(), by=other_companion)


def test_withdrawal_revokes_the_referrals_that_stood_on_it(referral, sharing_consent, companion, partner):
    assert withdraw(sharing_consent, by=companion) == 1
    referral.refresh_from_db()
    assert referral.status == "dicabut"
    assert not packets_for(partner).exists()
    with pytest.raises(NotYet):
        withdraw(Consent.objects.get(pk=sharing_consent.pk), by=companion)


def test_the_packet_closes_on_the_day_the_consent_ends(referral, sharing_consent, partner):
    referrals.answer(referral, accept=True, by=partner)
    assert packet_is_open(packets_for(partner).get())
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.filter(pk=sharing_consent.pk).update(starts=yesterday, ends=yesterday)
    assert not packet_is_open(packets_for(partner).get())


def test_sharing_must_name_one_recipient_and_its_data(as_, companion, case, hospital, partner, idem):
    url = reverse("seruni_cases:consent", args=[case.code])
    typed = {
        **idem,
        "purpose": "rujukan",
        "status": "aktif",
        "ends": "31 Desember 2030",
        "giver": "penyintas",
        "manner": "lisan",
        "data": ["identitas"],
    }
    assert as_(companion).post(url, typed).status_code == 422
    both = {**typed, "institution": str(hospital.pk), "family": "kesehatan"}
    assert as_(companion).post(url, both).status_code == 422
    assert as_(companion).post(url, {**typed, "institution": str(hospital.pk)}).status_code == 303
    assert as_(companion).post(url, {**typed, "institution": str(hospital.pk)}).status_code == 303
    assert Consent.objects.filter(purpose="rujukan").count() == 1


def test_withdrawing_through_the_page_asks_once(as_, companion, sharing_consent, referral, idem):
    url = reverse("seruni_cases:withdraw", args=[referral.case.code, sharing_consent.pk])
    assert "1 rujukan" in as_(companion).get(url).content.decode()
    assert as_(companion).post(url, {**idem, "version": 1}).status_code == 303
