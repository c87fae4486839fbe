"""Opening an identity is an act with a reason, for ten minutes, read by the supervisor."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent
from seruni_cases.access import may_read_story, may_see_identity
from seruni_cases.actions.identity import change_identity, reveal
from seruni_cases.models import IdentityReveal, Person

from .conftest import CANARIES, NAME, PHONE, STORY, SUMMARY


def opened(file, by):
    return reveal(file, reason="HUBUNGI", note=STORY, by=by)


def test_it_is_masked_before_open_for_ten_minutes_and_masked_after(case, companion, manager):
    assert not may_see_identity(companion, case)
    row = opened(case, companion)
    assert may_see_identity(companion, case)
    assert not may_see_identity(manager, case)
    assert row.until - row.at <= timedelta(minutes=10, seconds=1)
    IdentityReveal.objects.update(until=timezone.now())
    assert not may_see_identity(companion, case)


def test_the_record_holds_the_reasons_code_and_never_the_words(case, companion):
    opened(case, companion)
    event = AuditEvent.objects.get(kind="case.identity_revealed")
    assert event.reason == "HUBUNGI"
    assert not [canary for canary in CANARIES if canary in f"{event.facts}{event.target_label}"]


@pytest.mark.parametrize(
    "who", ["other_companion", "partner", "superuser", "data_manager", "auditor", "focal"]
)
def test_those_without_the_case_open_nothing(request, case, who):
    user = request.getfixturevalue(who)
    with pytest.raises(Refused):
        opened(case, user)
    assert not may_see_identity(user, case)


def test_the_page_wants_a_reason_from_the_list_and_a_note(as_, companion, case, idem):
    url = reverse("seruni_cases:reveal", args=[case.code])
    assert as_(companion).post(url, idem).status_code == 422
    assert as_(companion).post(url, {**idem, "reason": "PENASARAN", "note": "Ingin tahu"}).status_code == 422
    for _ in range(2):
        done = as_(companion).post(url, {**idem, "reason": "HUBUNGI", "note": "Menelepon balik."})
        assert done.status_code == 303
    assert IdentityReveal.objects.count() == 1


def test_the_manager_reads_who_opened_what_and_why_but_no_name(as_, manager, companion, case):
    opened(case, companion)
    page = as_(manager).get(reverse("seruni_cases:reveals")).content.decode()
    assert companion.name in page and case.code in page and STORY in page
    assert NAME not in page
    assert as_(companion).get(reverse("seruni_cases:reveals")).status_code == 403


def test_the_desk_opens_the_number_of_a_complaint(as_, officer, complaint, idem):
    url = reverse("seruni_cases:complaint", args=[complaint.code])
    assert "0812" not in as_(officer).get(url).content.decode()
    opened(complaint, officer)
    page = as_(officer).get(url).content.decode()
    assert "0812-3456-7890" in page and f"tel:{PHONE}" in page


def test_the_head_reads_codes_and_the_story_only_after_opening(as_, seruni_head, case):
    url = reverse("seruni_cases:chronology", args=[case.code])
    assert not may_read_story(seruni_head, case)
    assert SUMMARY not in as_(seruni_head).get(url).content.decode()
    opened(case, seruni_head)
    assert SUMMARY in as_(seruni_head).get(url).content.decode()


def test_the_vault_changes_only_while_it_is_open(as_, companion, case, idem):
    with pytest.raises(Refused):
        change_identity(case, changes={"name": "Lain"}, contact=None, version=1, by=companion)
    url = reverse("seruni_cases:identity", args=[case.code])
    assert as_(companion).get(url).status_code == 303
    opened(case, companion)
    assert NAME in as_(companion).get(url).content.decode()
    typed = {**idem, "version": 1, "name": "Kenanga Fiktif", "birth_date": "17 Agustus 1991"}
    assert as_(companion).post(url, typed).status_code == 303
    person = Person.objects.get()
    assert (person.name, person.birth_year, person.nik) == ("Kenanga Fiktif", 1991, None)
    stale = as_(companion).post(url, {**typed, "idem": "", "name": "Lain Lagi"})
    assert stale.status_code == 409
    assert "Lain Lagi" in stale.content.decode()
