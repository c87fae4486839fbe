"""A draft or a returned report is changed, and nobody's change is lost."""

import pytest
from django.urls import reverse

from focal_points.actions import reports
from pug_portal.core.access import Refused, Stale, WrongStage
from pug_portal.core.models import AuditEvent
from pug_portal.core.review import Stage
from tests.focal_points.makers import answers

pytestmark = pytest.mark.django_db


def test_a_draft_is_changed_and_sent(as_, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    url = reverse("focal_points:change", args=[report.pk])
    answer = as_(focal).post(url, answers(title="Apel pagi", version="1", send="1"))
    report.refresh_from_db()
    assert answer.status_code == 303
    assert (report.title, report.stage) == ("Apel pagi", Stage.SUBMITTED)


def test_the_record_names_changed_fields_only(focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    reports.change(report, by=focal, title="Apel pagi", place=report.place)
    assert AuditEvent.objects.get(kind="duty.changed").facts == {"fields": ["title"]}


def test_a_colleagues_change_is_not_overwritten(as_, focal, dinkes, make_report, person):
    report = make_report(dinkes, focal)
    reports.change(report, by=focal, title="Dari rekan")
    url = reverse("focal_points:change", args=[report.pk])
    answer = as_(focal).post(url, answers(title="Dari saya", version="1"))
    report.refresh_from_db()
    assert answer.status_code == 409
    assert report.title == "Dari rekan"
    assert "Dari saya" in answer.content.decode()


def test_an_old_version_is_refused_by_the_action_too(focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    reports.change(report, version=1, by=focal, title="Satu")
    with pytest.raises(Stale):
        reports.change(report, version=1, by=focal, title="Dua")


def test_what_lies_with_the_secretariat_is_not_changed(focal, dinkes, make_report):
    report = make_report(dinkes, focal, stage="submitted")
    with pytest.raises(WrongStage):
        reports.change(report, by=focal, title="Diam-diam")


def test_nobody_else_changes_it(secretary, head, other_focal, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    for person in (secretary, head, other_focal):
        with pytest.raises(Refused):
            reports.change(report, by=person, title="x")


def test_bad_answers_keep_what_was_typed(as_, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    url = reverse("focal_points:change", args=[report.pk])
    answer = as_(focal).post(url, answers(title="Masih ada", women="dua", version="1"))
    assert answer.status_code == 422
    assert "Masih ada" in answer.content.decode()
