"""Roles: for a term, never two that check each other, never to oneself, and gone at once when ended."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import SYSTEM, Refused, WrongStage
from pug_portal.core.actions.roles import end_role, grant_role
from pug_portal.core.models import AuditEvent, RoleAssignment, User
from pug_portal.core.roles import CASE_ROLES, Role, why_incompatible

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    "one, other",
    [
        (Role.COMPANION, Role.CASE_MANAGER),
        (Role.DATA_MANAGER, Role.SYSTEM_ADMIN),
        *((Role.SYSTEM_ADMIN, role) for role in sorted(CASE_ROLES)),
        *((Role.AUDITOR, role) for role in Role if role != Role.AUDITOR),
        *((Role.FOCAL_POINT, role) for role in sorted(CASE_ROLES - {Role.AUDITOR})),
    ],
)
def test_roles_that_check_each_other_are_refused_with_the_reason(person, hospital, one, other):
    user = person()
    for first, second in ((one, other), (other, one)):
        RoleAssignment.objects.filter(user=user).delete()
        grant_role(user, role=first, institution=hospital, by=SYSTEM)
        with pytest.raises(Refused) as refusal:
            grant_role(user, role=second, institution=hospital, by=SYSTEM)
        assert refusal.value.reason == why_incompatible(first, second) != ""


def test_the_same_roles_in_different_years_are_no_clash(person):
    user = person()
    grant_role(user, role=Role.COMPANION, starts=date(2026, 1, 1), ends=date(2026, 12, 31), by=SYSTEM)
    grant_role(user, role=Role.CASE_MANAGER, starts=date(2027, 1, 1), by=SYSTEM)
    with pytest.raises(Refused):
        grant_role(
            user, role=Role.CASE_MANAGER, starts=date(2026, 12, 31), ends=date(2026, 12, 31), by=SYSTEM
        )


@pytest.mark.parametrize(
    "starts, ends, clash",
    [
        (date(2026, 3, 1), date(2026, 3, 31), False),
        (date(2026, 3, 1), date(2026, 4, 1), True),
        (date(2026, 3, 1), None, True),
        (date(2026, 6, 30), date(2026, 7, 5), True),
        (date(2026, 7, 1), None, False),
        (date(2026, 5, 1), date(2026, 5, 2), True),
    ],
)
def test_terms_that_share_a_day_clash_and_others_do_not(person, starts, ends, clash):
    user = person()
    grant_role(user, role=Role.COMPANION, starts=date(2026, 4, 1), ends=date(2026, 6, 30), by=SYSTEM)
    if clash:
        with pytest.raises(Refused):
            grant_role(user, role=Role.CASE_MANAGER, starts=starts, ends=ends, by=SYSTEM)
    else:
        grant_role(user, role=Role.CASE_MANAGER, starts=starts, ends=ends, by=SYSTEM)


def test_a_term_ended_by_hand_clashes_with_nothing(person):
    user = person()
    end_role(grant_role(user, role=Role.COMPANION, by=SYSTEM), reason="pindah", by=SYSTEM)
    grant_role(user, role=Role.CASE_MANAGER, by=SYSTEM)
    assert fresh(user).roles == {Role.CASE_MANAGER}


def test_the_same_role_twice_at_the_same_place_is_refused_at_another_place_it_is_not(person, dinkes, disdik):
    user = person(Role.FOCAL_POINT, at=dinkes)
    with pytest.raises(Refused):
        grant_role(user, role=Role.FOCAL_POINT, institution=dinkes, by=SYSTEM)
    grant_role(user, role=Role.FOCAL_POINT, institution=disdik, by=SYSTEM)
    assert fresh(user).institution_ids(Role.FOCAL_POINT) == {dinkes.pk, disdik.pk}


def test_nobody_gives_a_role_to_herself(admin_person, superuser):
    for someone in (admin_person, superuser):
        with pytest.raises(Refused, match="diri sendiri"):
            grant_role(someone, role=Role.SECRETARIAT, by=someone)


def test_only_those_who_keep_accounts_give_roles(person, secretary, focal, auditor, companion, dinkes):
    user = person()
    for someone in (focal, auditor, companion):
        with pytest.raises(Refused):
            grant_role(user, role=Role.LEADER, by=someone)
    with pytest.raises(Refused):
        grant_role(user, role=Role.COMPANION, by=secretary)
    grant_role(user, role=Role.FOCAL_POINT, institution=dinkes, by=secretary)


def test_a_role_of_an_institution_names_it_and_a_role_of_the_city_does_not(person, dinkes):
    user = person()
    with pytest.raises(ValidationError):
        grant_role(user, role=Role.PARTNER, by=SYSTEM)
    assert grant_role(user, role=Role.LEADER, institution=dinkes, by=SYSTEM).institution is None


def test_a_term_does_not_end_before_it_starts(person):
    with pytest.raises(ValidationError):
        grant_role(person(), role=Role.LEADER, starts=date(2026, 2, 2), ends=date(2026, 2, 1), by=SYSTEM)


def test_a_term_holds_from_its_first_to_its_last_day(person):
    user = person()
    grant_role(user, role=Role.LEADER, starts=date(2026, 3, 1), ends=date(2026, 3, 31), by=SYSTEM)
    seen = {}
    for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        with time_machine.travel(f"{day}T12:00+07:00"):
            seen[day] = fresh(user).has_perm("core.use_portal")
    assert list(seen.values()) == [False, True, True, False]


def test_an_ended_role_closes_with_the_next_request(as_, admin_person, secretary, client):
    client = as_(secretary)
    assert client.get(reverse("core:accounts")).status_code == 200
    end_role(RoleAssignment.objects.get(user=secretary), reason="pindah tugas", by=admin_person)
    assert client.get(reverse("core:accounts")).status_code == 403
    assert not RoleAssignment.objects.current(timezone.localdate()).filter(user=secretary).exists()


def test_a_term_is_ended_once_and_by_those_who_may(admin_person, secretary, focal, companion):
    term = RoleAssignment.objects.get(user=companion)
    for someone in (focal, secretary):
        with pytest.raises(Refused):
            end_role(term, reason="x", by=someone)
    end_role(term, reason="selesai", by=admin_person)
    with pytest.raises(WrongStage):
        end_role(term, reason="selesai", by=admin_person)
    line = AuditEvent.objects.get(kind="role.ended")
    assert (line.actor_id, line.reason) == (str(admin_person.pk), "selesai")


def test_an_old_term_cannot_be_ended_again(person):
    user = person()
    term = grant_role(user, role=Role.LEADER, starts=date(2025, 1, 1), ends=date(2025, 12, 31), by=SYSTEM)
    with pytest.raises(WrongStage):
        end_role(term, reason="x", by=SYSTEM)


def test_the_page_gives_a_role_and_refuses_with_the_reason(as_, admin_person, companion, dinkes):
    client = as_(admin_person)
    address = reverse("core:grant_role", args=[companion.pk])
    answer = client.post(address, {"role": Role.CASE_MANAGER})
    assert answer.status_code == 422 and "saling memeriksa" in answer.content.decode()
    answer = client.post(address, {"role": Role.SERUNI_HEAD, "starts": "", "decree_number": "SK/1"})
    assert answer.status_code == 303
    page = client.get(reverse("core:account", args=[companion.pk])).content.decode()
    assert "Ketua PPT SERUNI" in page and "SK/1" in page


def test_the_page_ends_a_role_with_a_reason(as_, admin_person, companion):
    term = RoleAssignment.objects.get(user=companion)
    client = as_(admin_person)
    address = reverse("core:end_role", args=[term.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "pindah"}).status_code == 303
    assert not fresh(companion).roles


def test_rank_opens_no_case_room(superuser):
    assert superuser.has_perm("core.manage_accounts")
    assert not superuser.has_perm("seruni_cases.view_case")
    assert not superuser.has_module_perms("seruni_cases")


def test_a_closed_account_may_nothing_whatever_it_held(person, superuser):
    user = person(Role.SECRETARIAT)
    for someone in (user, superuser):
        someone.is_active = False
        assert not someone.has_perm("core.use_portal")
        assert not someone.is_staff


def test_a_role_given_late_in_the_evening_starts_on_the_day_in_jakarta(person):
    user = person()
    with time_machine.travel("2026-03-31T23:30:00+07:00"):
        grant_role(user, role=Role.LEADER, by=SYSTEM)
        assert RoleAssignment.objects.get(user=user).starts == date(2026, 3, 31)
        assert fresh(user).roles
        assert RoleAssignment.objects.current(date(2026, 3, 30)).count() == 0
