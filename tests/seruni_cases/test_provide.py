"""A service is written down; missing consent is a duty afterwards, never a wall."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from pug_portal.core.models import Obligation
from seruni_cases.actions.consent import consent
from seruni_cases.actions.services import provide
from seruni_cases.models import Service

from .conftest import STORY, consent_line

TYPED = {"kind": "KONSELING", "given_on": "1/11/2026", "result": "diberikan", "mode": "tatap_muka"}


def test_help_without_consent_starts_a_duty_that_consent_stops(case, companion):
    provide(case, service={"kind": "VISUM", "given_on": timezone.localdate()}, by=companion)
    owed = Obligation.objects.about(case).open().filter(kind="case.consent")
    assert owed.get().owner == companion
    consent(case, line=consent_line(), by=companion)
    assert not owed.exists()


def test_another_companion_and_the_head_give_no_service(case, other_companion, seruni_head):
    for user in (other_companion, seruni_head):
        with pytest.raises(Refused):
            provide(case, service={"kind": "VISUM"}, by=user)


def test_the_form_keeps_the_note_sealed_and_is_carried_out_once(as_, companion, case, idem):
    url = reverse("seruni_cases:service", args=[case.code])
    for _ in range(2):
        assert as_(companion).post(url, {**TYPED, **idem, "note": STORY}).status_code == 303
    assert Service.objects.get().note == STORY
    assert STORY not in as_(companion).get(reverse("seruni_cases:case", args=[case.code])).content.decode()


def test_the_next_one_is_like_the_last_one(as_, companion, case, idem):
    url = reverse("seruni_cases:service", args=[case.code])
    again = as_(companion).post(url, {**TYPED, **idem, "minutes": "45", "again": "1"})
    assert again.url == url
    page = as_(companion).get(url + "?seperti=terakhir").content.decode()
    assert 'value="45"' in page and '<option value="KONSELING" selected' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [("given_on", "besok"), ("given_on", "1 Januari 2099"), ("minutes", "-5"), ("kind", "SULAP")],
)
def test_bad_input_comes_back(as_, companion, case, idem, field, typed):
    url = reverse("seruni_cases:service", args=[case.code])
    assert as_(companion).post(url, {**TYPED, **idem, field: typed}).status_code == 422
