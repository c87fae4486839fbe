"""Every page opens for the people it is for, and is missing for the others."""

import pytest
from django.urls import reverse

from seruni_cases.actions.identity import reveal

from .conftest import CANARIES, NAME

CASE_PAGES = [
    "case",
    "chronology",
    "note",
    "facts",
    "reveal",
    "consent",
    "service",
    "follow_up",
    "refer",
    "close",
]
MANAGER_PAGES = ["assign", "exclude"]


@pytest.mark.parametrize("name", CASE_PAGES)
def test_the_companion_opens_every_page_of_her_case(as_, companion, case, name):
    assert as_(companion).get(reverse(f"seruni_cases:{name}", args=[case.code])).status_code == 200


@pytest.mark.parametrize("name", CASE_PAGES + MANAGER_PAGES)
def test_another_companion_is_told_that_there_is_no_such_case(as_, other_companion, case, name):
    answer = as_(other_companion).get(reverse(f"seruni_cases:{name}", args=[case.code]))
    assert answer.status_code == (403 if name in MANAGER_PAGES else 404)


@pytest.mark.parametrize("name", MANAGER_PAGES)
def test_the_manager_opens_the_pages_of_officers(as_, manager, case, name):
    assert as_(manager).get(reverse(f"seruni_cases:{name}", args=[case.code])).status_code == 200


@pytest.mark.parametrize(
    "name", ["complaint", "received", "complete", "triage", "call_back", "reveal_complaint"]
)
def test_the_desk_opens_every_page_of_a_complaint(as_, officer, complaint, name):
    assert as_(officer).get(reverse(f"seruni_cases:{name}", args=[complaint.code])).status_code == 200


@pytest.mark.parametrize("name", ["inbox", "search", "card", "card_paper", "caseload"])
def test_the_desk_opens_its_lists_and_the_card(as_, officer, codes, name):
    assert as_(officer).get(reverse(f"seruni_cases:{name}")).status_code == 200


def test_the_partner_opens_the_list_and_the_request(as_, partner, referral):
    assert as_(partner).get(reverse("seruni_cases:referrals")).status_code == 200
    assert as_(partner).get(reverse("seruni_cases:packet", args=[referral.code])).status_code == 200


def test_a_forged_code_is_missing_for_everybody(as_, companion, case):
    forged = case.code[:-1] + ("0" if case.code[-1] != "0" else "1")
    assert as_(companion).get(reverse("seruni_cases:case", args=[forged])).status_code == 404
    assert as_(companion).get(reverse("seruni_cases:case", args=["apa-saja"])).status_code == 404


def test_the_case_page_masks_the_identity_until_it_is_opened(as_, companion, case):
    url = reverse("seruni_cases:case", args=[case.code])
    masked = as_(companion).get(url).content.decode()
    assert not [canary for canary in CANARIES if canary in masked]
    reveal(case, reason="HUBUNGI", note="Menelepon balik.", by=companion)
    assert NAME in as_(companion).get(url).content.decode()
