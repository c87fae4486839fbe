"""A report is handed to the secretariat."""

import pytest
from django.urls import reverse

from focal_points.actions import reports
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent
from pug_portal.core.review import Stage

pytestmark = pytest.mark.django_db


def test_a_draft_is_sent_with_one_button(as_, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    answer = as_(focal).post(reverse("focal_points:submit", args=[report.pk]))
    report.refresh_from_db()
    assert answer.status_code == 303
    assert report.stage == Stage.SUBMITTED
    assert AuditEvent.objects.filter(kind="review.submitted", target_id=str(report.pk)).exists()


def test_what_was_sent_is_not_sent_again(focal, dinkes, make_report):
    report = make_report(dinkes, focal, stage="submitted")
    with pytest.raises(WrongStage):
        reports.submit(report, by=focal)


def test_nobody_else_sends_it(other_focal, secretary, head, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    for person in (other_focal, secretary, head):
        with pytest.raises(Refused):
            reports.submit(report, by=person)


def test_the_page_says_what_happens_next(as_, focal, dinkes, make_report):
    report = make_report(dinkes, focal)
    client = as_(focal)
    client.post(reverse("focal_points:submit", args=[report.pk]))
    page = client.get(reverse("focal_points:report", args=[report.pk])).content.decode()
    assert "Laporan terkirim ke sekretariat" in page
    assert "1 dari 12 bulan" in page
