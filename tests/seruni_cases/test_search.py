"""Search before create: by code, telephone, NIK and name, within what the asker may know."""

import pytest

from pug_portal.core.models import AuditEvent
from seruni_cases import matching
from seruni_cases.actions import assignment

from .conftest import CANARIES, NAME, NICKNAME, NIK, PHONE

SEARCH = "/kerja/seruni/cari/"


@pytest.mark.parametrize("typed", [NIK, "0812-3456-7890", "kanari sejati", "Canary Sejati"])
def test_the_companion_finds_her_case_by_anything_she_hears(companion, case, typed):
    if typed == "kanari sejati":
        typed = "Kanary Sejati"
    found = matching.search(companion, typed)[1]
    expected = [case.code] if typed != "Kanary Sejati" else []
    assert [hit.code for hit in found] == expected


def test_spellings_of_one_name_meet(companion, case):
    case.survivor.name = "Moh. Achmad Soekarno"
    case.survivor.save()
    for spelling in ("Muhammad Ahmad Sukarno", "soekarno", "Mohamad Achmad Sukarno"):
        assert [hit.code for hit in matching.search(companion, spelling)[1]] == [case.code]


def test_a_code_is_read_with_the_usual_slips(companion, case):
    slipped = case.code.lower().replace("-", " ").replace("0", "o")
    assert matching.search(companion, slipped)[1][0].code == case.code


def test_somebody_else_learns_the_minimum_and_whom_to_ask(other_companion, companion, case):
    (hit,) = matching.search(other_companion, NIK)[1]
    words = " ".join([hit.code, *hit.facts, *hit.reasons])
    assert hit.code == ""
    assert companion.name in words and "Candisari" in words
    assert not [canary for canary in CANARIES if canary in words]


def test_the_excluded_learn_nothing_by_any_key(other_companion, manager, case):
    assignment.exclude(case, user=other_companion, by=manager)
    for typed in (NIK, PHONE, NAME, NICKNAME, case.code, case.complaint.code):
        assert matching.search(other_companion, typed)[1] == []


def test_partners_and_strangers_find_nothing(partner, focal, superuser, data_manager, case):
    for user in (partner, focal, superuser, data_manager):
        for typed in (NIK, PHONE, NAME, case.code):
            assert matching.search(user, typed)[1] == []


def test_an_open_complaint_is_found_by_number_and_by_what_she_is_called(officer, complaint):
    for typed in (PHONE, NICKNAME, complaint.code):
        assert [hit.code for hit in matching.search(officer, typed)[1]] == [complaint.code]


def test_the_search_is_a_post_and_its_record_holds_no_word_of_it(as_, companion, case):
    answer = as_(companion).post(SEARCH, {"q": NAME})
    assert case.code in answer.content.decode()
    event = AuditEvent.objects.filter(kind="case.searched").first()
    assert event.facts["hits"] == 1
    assert not [canary for canary in CANARIES if canary in str(event.facts)]
    assert "cari/?" not in answer.request["PATH_INFO"]


def test_what_was_typed_is_carried_into_the_right_field(as_, officer, codes):
    client = as_(officer)
    assert (
        'value="Bu Kenanga"' in client.post("/kerja/seruni/kartu/", {"carry": "Bu Kenanga"}).content.decode()
    )
    page = client.post("/kerja/seruni/kartu/", {"carry": "081234567890"}).content.decode()
    assert 'value="0812-3456-7890"' in page


def test_an_empty_search_asks_for_words(as_, officer, codes):
    assert as_(officer).post(SEARCH, {"q": " "}).status_code == 422


def test_the_same_person_is_recognised_at_registration_by_another_desk(officer, other_companion, case):
    by_name = matching.same_person(other_companion, name="Canari Sejati", birth_year=1991)
    assert [hit.person for hit in matching.same_person(other_companion, name=NAME, birth_year=1991)] == [
        case.survivor_id
    ]
    assert by_name == []  # a different sound is a different key
    assert matching.same_person(other_companion, name=NAME, birth_year=1970) == []
