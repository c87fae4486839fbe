"""Officers come and go; the excluded must not learn that a case exists."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from seruni_cases.access import known_cases, visible_cases, visible_complaints
from seruni_cases.actions.assignment import assign, exclude, include
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import CaseAssignment


def test_a_new_companion_ends_the_old_ones_sight_at_once(case, companion, other_companion, manager):
    assign(case, user=other_companion, part="pendamping", by=manager)
    assert visible_cases(other_companion).get() == case
    assert not visible_cases(companion).exists()
    assert CaseAssignment.objects.filter(ends=timezone.localdate()).count() == 1


def test_only_a_companion_can_be_companion(case, officer, manager):
    with pytest.raises(NotYet):
        assign(case, user=officer, part="pendamping", by=manager)


def test_companions_assign_nobody(case, companion, other_companion):
    with pytest.raises(Refused):
        assign(case, user=other_companion, part="pendamping", by=companion)


def test_an_exclusion_hides_case_and_complaint_and_ends_the_work(case, companion, officer, manager):
    exclude(case, user=companion, by=manager)
    exclude(case, user=officer, by=manager)
    for user in (companion, officer):
        assert not visible_cases(user).exists()
        assert not known_cases(user).exists()
        assert not visible_complaints(user).exists()
    assert case.companion() is None or not case.companion().is_current
    with pytest.raises(NotYet):
        assign(case, user=companion, part="pendamping", by=manager)
    include(case, user=companion, by=manager)
    assert known_cases(companion).get() == case


def test_nobody_excludes_herself(case, manager):
    with pytest.raises(NotYet):
        exclude(case, user=manager, by=manager)


def test_the_pages_assign_exclude_and_include(as_, manager, case, companion, other_companion, idem):
    client = as_(manager)
    url = reverse("seruni_cases:assign", args=[case.code])
    assert client.post(url, idem).status_code == 422
    typed = {**idem, "part": "pendamping", "user": str(other_companion.pk), "version": case.version}
    assert client.post(url, typed).status_code == 303
    url = reverse("seruni_cases:exclude", args=[case.code])
    assert client.post(url, {**idem, "user": str(companion.pk)}).status_code == 303
    assert companion.name in client.get(url).content.decode()
    url = reverse("seruni_cases:include", args=[case.code, companion.pk])
    assert client.post(url).status_code == 303
    assert known_cases(companion).exists()
