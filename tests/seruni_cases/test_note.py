"""The chronology and the coded facts of a case."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent
from seruni_cases.actions.chronology import note
from seruni_cases.models import Case

from .conftest import CANARIES, NAME, STORY, SUMMARY


def page(as_, user, case, query=""):
    return as_(user).get(reverse("seruni_cases:chronology", args=[case.code]) + query).content.decode()


def test_everything_that_happened_stands_there_with_its_author(as_, case, companion, officer, referral):
    html = page(as_, companion, case)
    for words in (SUMMARY, officer.name, "Kasus didaftarkan", "Dirujuk ke RS Mitra Peraga"):
        assert words in html
    assert NAME not in html


def test_a_silence_of_three_weeks_is_marked(as_, case, companion):
    long_ago = timezone.now() - timedelta(days=40)
    note(case, kind="kronologi", text=STORY, happened_at=long_ago, by=companion)
    assert "hari tanpa kegiatan" in page(as_, companion, case)


def test_one_kind_of_event_is_chosen(as_, case, companion, referral):
    html = page(as_, companion, case, "?jenis=rujukan")
    assert "Dirujuk ke" in html and SUMMARY not in html
    assert SUMMARY in page(as_, companion, case, "?jenis=ngawur")


def test_an_assessment_sets_the_risk(as_, case, companion, idem):
    url = reverse("seruni_cases:note", args=[case.code])
    typed = {"kind": "asesmen", "text": STORY, "happened_at": "1/11/2026 09.00", "risk": "tinggi"}
    for _ in range(2):
        assert as_(companion).post(url, {**typed, **idem}).status_code == 303
    assert Case.objects.get().risk == "tinggi"
    assert case.notes.count() == 2
    future = {**typed, "happened_at": "1 Januari 2099, 09.00"}
    assert as_(companion).post(url, {**future, **idem}).status_code == 422


def test_another_companion_writes_nothing(case, other_companion):
    with pytest.raises(Refused):
        note(case, kind="kronologi", text="x", happened_at=timezone.now(), by=other_companion)


def test_the_sheet_is_a_pdf_without_identity_and_printing_is_recorded(as_, case, companion):
    answer = as_(companion).post(reverse("seruni_cases:print_case", args=[case.code]))
    assert answer["Content-Type"] == "application/pdf" and answer.content[:4] == b"%PDF"
    assert AuditEvent.objects.filter(kind="case.printed", scope=case.pk).exists()
    assert not [canary for canary in CANARIES if canary in answer["Content-Disposition"]]
    assert as_(companion).get(reverse("seruni_cases:print_case", args=[case.code])).status_code == 405


def test_two_editors_of_the_facts_and_the_second_loses_nothing(as_, case, companion, manager, idem):
    url = reverse("seruni_cases:facts", args=[case.code])
    seen = Case.objects.get().version
    typed = {"risk": "rendah", "category": "KTP", "violence": ["PSIKIS"], "version": seen}
    assert as_(companion).post(url, {**typed, **idem, "place": "jomblang"}).status_code == 303
    answer = as_(manager).post(url, {**typed, **idem, "category": "KDP"})
    assert answer.status_code == 409
    assert "KDP" in answer.content.decode()
    row = Case.objects.get()
    assert (row.category, row.risk) == ("KTP", "rendah")
    assert [v.code for v in row.violence.all()] == ["PSIKIS"]


def test_the_four_answers_that_are_none_are_stored_apart(as_, case, companion, idem):
    url = reverse("seruni_cases:facts", args=[case.code])
    typed = {"risk": "rendah", "category": "KTP", "violence": ["PSIKIS"], "version": case.version}
    typed |= {"education": "not_asked", "work": "unknown", "marital": "declined", "relation": ""}
    assert as_(companion).post(url, {**typed, **idem, "disability": "not_applicable"}).status_code == 303
    row = Case.objects.get()
    stored = [row.education, row.work, row.marital, row.disability, row.relation]
    assert stored == ["not_asked", "unknown", "declined", "not_applicable", ""]
