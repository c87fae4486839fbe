"""Who sees which report, plan and proof."""

import pytest
from django.urls import reverse

from focal_points.access import may, visible_appointments, visible_plans, visible_reports
from focal_points.workflow import Verb

pytestmark = pytest.mark.django_db

NOBODYS = ["leader", "companion", "officer", "partner", "auditor", "superuser", "admin_person"]


@pytest.fixture
def four(make_report, dinkes, disdik, focal, other_focal):
    """A draft and a submitted report of two agencies each."""
    return {
        "own draft": make_report(dinkes, focal),
        "own sent": make_report(dinkes, focal, stage="submitted"),
        "other draft": make_report(disdik, other_focal),
        "other sent": make_report(disdik, other_focal, stage="submitted"),
    }


def seen(user, four):
    ids = set(visible_reports(user).values_list("pk", flat=True))
    return {name for name, report in four.items() if report.pk in ids}


def test_a_focal_point_sees_everything_of_the_own_agency_only(focal, four):
    assert seen(focal, four) == {"own draft", "own sent"}


def test_the_head_sees_what_was_sent_from_the_own_agency(head, four):
    assert seen(head, four) == {"own sent"}


@pytest.mark.parametrize("role", ["secretary", "chair", "expert"])
def test_city_readers_see_what_was_sent_by_anybody(request, role, four):
    assert seen(request.getfixturevalue(role), four) == {"own sent", "other sent"}


@pytest.mark.parametrize("role", NOBODYS)
def test_the_others_see_nothing(request, role, four):
    user = request.getfixturevalue(role)
    assert seen(user, four) == set()
    assert not visible_plans(user).exists()


def test_an_inactive_account_sees_nothing(focal, four):
    focal.is_active = False
    assert seen(focal, four) == set()


def test_another_agencys_draft_does_not_exist(as_, focal, four):
    for name in ("report", "change"):
        url = reverse(f"focal_points:{name}", args=[four["other draft"].pk])
        assert as_(focal).get(url).status_code == 404
    url = reverse("focal_points:submit", args=[four["other draft"].pk])
    assert as_(focal).post(url).status_code == 404


def test_the_secretariat_cannot_open_a_draft(as_, secretary, four):
    url = reverse("focal_points:report", args=[four["own draft"].pk])
    assert as_(secretary).get(url).status_code == 404


def test_the_head_opens_the_own_agencys_list_and_no_other(as_, head, dinkes, disdik, four):
    client = as_(head)
    own = client.get(reverse("focal_points:agency_reports", args=[dinkes.pk]))
    assert own.status_code == 200
    assert client.get(reverse("focal_points:agency_reports", args=[disdik.pk])).status_code == 404


def test_verbs_by_person_and_stage(focal, other_focal, secretary, head, four):
    table = [
        (focal, Verb.CHANGE, "own draft", True),
        (focal, Verb.CHANGE, "own sent", False),
        (focal, Verb.SUBMIT, "own draft", True),
        (focal, Verb.SUBMIT, "other draft", False),
        (focal, Verb.APPROVE, "own sent", False),
        (other_focal, Verb.CHANGE, "own draft", False),
        (head, Verb.SUBMIT, "own draft", False),
        (head, Verb.APPROVE, "own sent", False),
        (secretary, Verb.APPROVE, "own sent", True),
        (secretary, Verb.SEND_BACK, "other sent", True),
        (secretary, Verb.APPROVE, "own draft", False),
        (secretary, Verb.UNDO, "own sent", False),
        (secretary, Verb.CHANGE, "own draft", False),
    ]
    for person, verb, name, expected in table:
        assert may(person, verb, four[name]) is expected, (person, verb, name)


def test_plans_are_seen_by_the_own_agency_and_the_city(
    focal, other_focal, head, secretary, make_plan, dinkes
):
    make_plan(dinkes)
    assert [visible_plans(one).count() for one in (focal, head, secretary, other_focal)] == [1, 1, 1, 0]


def test_appointments_are_kept_by_the_secretariat(focal, secretary, make_appointment, disdik):
    make_appointment(disdik)
    assert visible_appointments(secretary).count() == 1
    assert not visible_appointments(focal).exists()


STAFF_PAGES = [
    ("reports", "focal"),
    ("log", "focal"),
    ("plans", "focal"),
    ("plan", "focal"),
    ("own_board", "head"),
    ("review_inbox", "secretary"),
    ("board", "chair"),
    ("appointments", "secretary"),
    ("appoint", "secretary"),
]


@pytest.mark.parametrize(("name", "role"), STAFF_PAGES)
def test_each_page_opens_for_its_role_and_for_no_stranger(request, as_, name, role, companion):
    url = reverse(f"focal_points:{name}")
    assert as_(request.getfixturevalue(role)).get(url).status_code == 200
    assert as_(companion).get(url).status_code == 403


@pytest.mark.parametrize(("name", "role"), STAFF_PAGES)
def test_each_page_asks_to_sign_in(client, name, role):
    answer = client.get(reverse(f"focal_points:{name}"))
    assert answer.status_code == 302
    assert "login" in answer.url or "masuk" in answer.url


def test_a_focal_point_without_agency_is_told_whom_to_ask(as_, focal):
    focal.terms.update(starts="2020-01-01", ends="2020-12-31")
    assert as_(focal).get(reverse("focal_points:reports")).status_code == 403
