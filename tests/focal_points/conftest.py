"""Things on the desks of this room."""

import pytest
from django.utils import timezone
from PIL import Image

from focal_points.actions import reports
from focal_points.models import Appointment, DutyPlan, DutyReport
from tests.focal_points.makers import facts, person_facts


@pytest.fixture
def make_report(db):
    """Make a report: make_report(agency, author, stage="submitted", title="...")."""

    def make(agency, author, *, stage="draft", **fields):
        report = DutyReport(agency=agency, author=author, **facts(**fields))
        if stage == "draft":
            report.save()
            return report
        report.save()
        if stage == "submitted":
            reports.submit(report, by=author)
            return report
        DutyReport.objects.filter(pk=report.pk).update(
            stage=stage, submitted_at=timezone.now(), snapshot=report.content_hash()
        )
        report.refresh_from_db()
        return report

    return make


@pytest.fixture
def make_plan(db):
    def make(agency, **fields):
        today = timezone.localdate()
        start = {"year": today.year, "month": today.month, "duty": 1, "activity": "Apel PUG"}
        return DutyPlan.objects.create(agency=agency, **{**start, **fields})

    return make


@pytest.fixture
def make_appointment(db):
    def make(agency, **fields):
        return Appointment.objects.create(agency=agency, **person_facts(**fields))

    return make


@pytest.fixture
def photo(tmp_path):
    """A small photo in a file: photo("rapat.jpg")."""

    def make(name="foto.jpg", size=(64, 48)):
        path = tmp_path / name
        Image.new("RGB", size, "teal").save(path)
        return path.open("rb")

    return make
