"""Cases in numbers: for those who count, without anybody in them, and recorded."""

import pytest
from django.urls import reverse

from pug_portal.core.models import AuditEvent
from pug_portal.core.roles import Role
from seruni_cases import stats
from seruni_cases.access import counted_cases, visible_cases
from seruni_cases.models import Case

pytestmark = pytest.mark.django_db

COUNTING = {Role.DATA_MANAGER, Role.CASE_MANAGER, Role.SERUNI_HEAD}


@pytest.mark.parametrize("role", Role.values)
def test_only_those_who_count_open_the_figures(role, cast, as_):
    answer = as_(cast[role]).get(reverse("seruni_cases:figures"))
    assert answer.status_code == (200 if role in COUNTING else 403)


def test_counting_is_not_reading(data_manager, case):

    assert counted_cases(data_manager).count() == 1
    assert visible_cases(data_manager).count() == 0


def test_the_superuser_counts_nothing(superuser, case):

    assert counted_cases(superuser).count() == 0


def test_figures_hold_no_code(data_manager, as_, case):

    body = as_(data_manager).get(reverse("seruni_cases:figures")).content.decode()
    assert case.code not in body
    assert case.number not in body
    assert AuditEvent.objects.filter(kind="figures.read").exists()


def test_each_figure_can_be_taken_along(data_manager, as_, case):

    client = as_(data_manager)
    for form, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("png", b"\x89PNG")):
        answer = client.get(reverse("seruni_cases:figure_file", args=["tahap", form]))
        assert answer.status_code == 200
        assert answer.content.startswith(start)


def test_an_unknown_figure_is_not_found(data_manager, as_):
    client = as_(data_manager)
    assert client.get(reverse("seruni_cases:figure_file", args=["nama", "csv"])).status_code == 404


def test_every_breakdown_adds_up_to_its_total(case):

    cases = Case.objects.all()
    for rows in (stats.by_status(cases), stats.by_kecamatan(cases), stats.by_year(cases)):
        assert sum(number for _, number in rows) == 1
