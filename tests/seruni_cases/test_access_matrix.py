"""People x relation: who sees a complaint, a case, a request; lists and pages agree."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from pug_portal.core.access import PUBLIC, SYSTEM
from pug_portal.core.models import User
from pug_portal.core.roles import Role
from seruni_cases.access import (
    known_cases,
    packets_for,
    visible_cases,
    visible_complaints,
    visible_referrals,
    visible_reveals,
)

# role -> (case with a companion, its settled complaint, the request sent, the packet, existence)
MATRIX = {
    Role.SYSTEM_ADMIN: (0, 0, 0, 0, 0),
    Role.SECRETARIAT: (0, 0, 0, 0, 0),
    Role.CHAIR: (0, 0, 0, 0, 0),
    Role.LEADER: (0, 0, 0, 0, 0),
    Role.AGENCY_HEAD: (0, 0, 0, 0, 0),
    Role.TECHNICAL_TEAM: (0, 0, 0, 0, 0),
    Role.FOCAL_POINT: (0, 0, 0, 0, 0),
    Role.COMPLAINT_OFFICER: (0, 1, 0, 0, 1),
    Role.COMPANION: (1, 1, 1, 0, 1),
    Role.CASE_MANAGER: (1, 1, 1, 0, 1),
    Role.SERUNI_HEAD: (1, 1, 1, 0, 1),
    Role.SHELTER_OFFICER: (0, 0, 0, 0, 0),
    Role.PARTNER: (0, 0, 0, 1, 0),
    Role.DATA_MANAGER: (0, 0, 0, 0, 0),
    Role.AUDITOR: (0, 0, 0, 0, 0),
}


@pytest.fixture
def moved_on(referral, case):
    """The case is past registration: the desk that registered it carries it no longer."""
    type(case).objects.filter(pk=case.pk).update(status="asesmen")
    return case


def sight(user):
    questions = (visible_cases, visible_complaints, visible_referrals, packets_for, known_cases)
    return tuple(question(user).count() for question in questions)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_row(cast, moved_on, role):
    assert sight(cast[role]) == MATRIX[role]


def test_nobody_without_a_name_and_no_technical_rank_sees_anything(moved_on, superuser):
    for user in (superuser, SYSTEM, PUBLIC):
        assert sight(user) == (0, 0, 0, 0, 0)
    assert not visible_reveals(superuser).exists()


def test_rank_adds_nothing_to_a_role_and_takes_its_sight(moved_on, companion):
    companion.is_superuser = True
    assert sight(companion) == (0, 0, 0, 0, 0)


def test_a_closed_account_and_an_ended_term_lose_sight_at_once(moved_on, companion):
    companion.is_active = False
    assert sight(User(is_active=False)) == (0, 0, 0, 0, 0)
    companion.terms.update(ends="2020-01-02", starts="2020-01-01")
    assert sight(User.objects.get(pk=companion.pk)) == (0, 0, 0, 0, 0)


def test_another_companion_knows_that_it_exists_and_no_more(moved_on, other_companion):
    assert sight(other_companion) == (0, 0, 0, 0, 1)


def test_a_partner_elsewhere_sees_no_packet(moved_on, person, dinkes):
    assert sight(person(Role.PARTNER, at=dinkes)) == (0, 0, 0, 0, 0)


def test_the_desk_carries_its_own_case_until_a_companion_works(case, officer, person):
    assert visible_cases(officer).get() == case
    assert not visible_cases(person(Role.COMPLAINT_OFFICER)).exists()


PAGES = {
    "case": (visible_cases, "case"),
    "chronology": (visible_cases, "case"),
    "complaint": (visible_complaints, "complaint"),
    "packet": (packets_for, "referral"),
    "referral": (visible_referrals, "referral"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_page_and_list_agree_for_everybody(as_, cast, moved_on, referral, role, name):
    question, kind = PAGES[name]
    code = {"case": moved_on, "complaint": moved_on.complaint, "referral": referral}[kind].code
    status = as_(cast[role]).get(reverse(f"seruni_cases:{name}", args=[code])).status_code
    if question(cast[role]).exists():
        assert status == 200
    else:
        assert status in {403, 404}


def test_strangers_are_sent_to_the_entrance(client, moved_on):
    assert AnonymousUser().is_authenticated is False
    for name in ("inbox", "caseload", "referrals", "card"):
        answer = client.get(reverse(f"seruni_cases:{name}"))
        assert answer.status_code == 302 and "akun" in answer.url or "masuk" in answer.url
