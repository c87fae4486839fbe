"""Casework for tests: a complaint, a case with its companion, consent, a sent referral."""

import uuid

import pytest
from django.utils import timezone

from institutions.models import Region
from seruni_cases import reference
from seruni_cases.actions import assignment
from seruni_cases.actions import complaint as complaints
from seruni_cases.actions import consent as consents
from seruni_cases.actions import referral as referrals
from seruni_cases.actions.registration import register
from seruni_cases.models import CaseAssignment, Consent
from seruni_cases.workflow import Outcome

# Words that must never stand in the clear anywhere but on the right person's screen.
NAME, NICKNAME, NIK, PHONE = "Canary Sejati", "Kenari", "3374015512900001", "+6281234567890"
ADDRESS, STORY, SUMMARY = "Jalan Rahasia 7", "canary-kronologi", "canary-ringkasan"
CANARIES = (NAME, NICKNAME, NIK, PHONE, ADDRESS, STORY, SUMMARY)


@pytest.fixture
def codes(db):
    reference.load()


@pytest.fixture
def candisari(db):
    kecamatan = Region.objects.get_or_create(code="33.74.08", defaults={"name": "Candisari"})[0]
    kelurahan, _ = Region.objects.get_or_create(
        code="33.74.08.1003", defaults={"name": "Jomblang", "parent": kecamatan}
    )
    return kelurahan


def card(**changes):
    """Return the answers of a first card."""
    return {
        "channel": "TELEPON",
        "received_at": timezone.now(),
        "reporter": "SENDIRI",
        "safe_to_talk": "aman",
        "danger_now": "tidak",
        "danger_signs": [],
        "urgent_needs": ["PSIKOLOG"],
        "called": NICKNAME,
        "summary": SUMMARY,
        "sex": "P",
        **changes,
    }


def facts(kelurahan=None, **changes):
    """Return coded facts of a case."""
    return {
        "risk": "sedang",
        "category": "KDRT",
        "sex": "P",
        "birth_year": 1990,
        "age_band": "25-44",
        "kelurahan": kelurahan,
        "kecamatan": kelurahan.parent if kelurahan else None,
        **changes,
    }


IDENTITY = {"name": NAME, "nickname": NICKNAME, "nik": NIK, "phone": PHONE, "address": ADDRESS}
CONTACT = {"allowed": "ya", "way": "WA", "phone": PHONE}


@pytest.fixture
def complaint(codes, officer, candisari):
    return complaints.receive(answers=card(kelurahan=candisari), contact=dict(CONTACT), by=officer)


def triaged(complaint, by, outcome=Outcome.CASE, **changes):
    arguments = {"reason": "Sesuai kewenangan.", "risk": "sedang", "authority": "KOTA", **changes}
    complaints.triage(complaint, outcome=outcome, by=by, **arguments)
    return complaint


@pytest.fixture
def case(complaint, officer, manager, companion, candisari):
    """A registered case with a companion; nothing more."""
    triaged(complaint, officer)
    row = register(
        complaint=complaint,
        facts=facts(candisari),
        violence=["FISIK", "PSIKIS"],
        identity=dict(IDENTITY),
        by=officer,
    )
    assignment.assign(row, user=companion, part=CaseAssignment.Part.COMPANION, by=manager)
    row.refresh_from_db()
    return row


def consent_line(**changes):
    return {
        "purpose": Consent.Purpose.SERVICE,
        "giver": Consent.Giver.SURVIVOR,
        "manner": Consent.Manner.WITNESSED,
        **changes,
    }


@pytest.fixture
def service_consent(case, companion):
    return consents.consent(case, line=consent_line(), by=companion)


@pytest.fixture
def sharing_consent(case, companion, hospital):
    """She lets the hospital know what to call her and what she needs; no NIK, no address."""
    line = consent_line(
        purpose=Consent.Purpose.REFERRAL, institution=hospital, data=["identitas", "ringkasan"]
    )
    return consents.consent(case, line=line, by=companion)


def request_for(hospital, **changes):
    return {
        "institution": hospital,
        "service": "VISUM",
        "urgency": "hari_ini",
        "fields": ["umur", "kecamatan", "panggilan", "permintaan"],
        "request": "Perlu pemeriksaan.",
        "basis": "persetujuan",
        **changes,
    }


@pytest.fixture
def referral(case, companion, hospital, partner, sharing_consent):
    return referrals.refer(case, by=companion, **request_for(hospital))


@pytest.fixture
def idem():
    """Return the hidden key of a form, always the same one within a test."""
    return {"idem": str(uuid.uuid4())}
