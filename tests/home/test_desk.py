"""The home of every role opens, says what waits, and stays cheap."""

import pytest
from django.urls import reverse

from pug_portal.core.roles import Role
from pug_portal.home import desks

pytestmark = pytest.mark.django_db


def test_every_role_has_a_home():
    assert set(desks.DESKS) == set(Role)


DESK_ROLES = [role for role in Role.values if role != Role.AGENCY_HEAD]


def test_the_head_of_an_agency_lands_on_the_own_unit(head, as_):
    answer = as_(head).get(reverse("home:desk"))
    assert answer["Location"] == reverse("focal_points:own_board")


@pytest.mark.parametrize("role", DESK_ROLES)
def test_the_home_opens_for(role, cast, as_, django_assert_max_num_queries):
    client = as_(cast[role])
    client.get(reverse("home:desk"))  # the first visit also writes down the session
    with django_assert_max_num_queries(15):
        answer = client.get(reverse("home:desk"))
    assert answer.status_code == 200
    assert "Perlu perhatian hari ini" in answer.content.decode()


@pytest.mark.parametrize("role", DESK_ROLES)
def test_every_address_on_the_home_opens_for(role, cast, as_):
    client = as_(cast[role])
    home = client.get(reverse("home:desk"))
    addresses = [url for _, url, _ in home.context["menu"]] + [url for _, url in home.context["quick"]]
    for block in home.context["blocks"]:
        addresses += [block.url, *(row["url"] for row in block.rows)]
    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)


def test_somebody_without_a_running_term_is_told_so(person, as_):
    assert as_(person()).get(reverse("home:desk")).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    answer = client.get(reverse("home:desk"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_the_title_starts_with_what_waits(secretary, as_, disdik):
    body = as_(secretary).get(reverse("home:desk")).content.decode()
    assert "<title>(1)" in body.replace("\n", "")


def test_a_block_counts_no_further_than_it_must(secretary, disdik, django_assert_num_queries):
    with django_assert_num_queries(1):
        block = desks.reports.agencies_without_focal_point(secretary)
    assert block.number == 1
    assert block.rows[0]["title"] == str(disdik)
