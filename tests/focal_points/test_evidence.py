"""Photos and documents prove a report; whoever sees the report sees its proof, nobody else."""

import pytest
from django.urls import reverse

from focal_points.models import DutyReport
from institutions.models import Document
from tests.focal_points.makers import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def proven(as_, focal, photo):
    """A sent report with one photo."""
    as_(focal).post(reverse("focal_points:log"), {**answers(send="1"), "evidence": [photo()]})
    return DutyReport.objects.get()


def proof_url(report):
    document = Document.objects.attached_to(report).get()
    return reverse("focal_points:proof", args=[report.pk, document.pk])


def test_a_photo_comes_with_the_report(proven, focal):
    document = Document.objects.attached_to(proven).get()
    assert (document.owner, document.klass, document.added_by) == (proven.agency, "restricted", focal)
    assert document.file.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("role", "status"),
    [("focal", 200), ("head", 200), ("secretary", 200), ("expert", 200), ("other_focal", 404)],
)
def test_sight_of_the_proof_follows_sight_of_the_report(request, as_, proven, role, status):
    assert as_(request.getfixturevalue(role)).get(proof_url(proven)).status_code == status


def test_a_strangers_role_opens_no_proof(as_, companion, proven):
    assert as_(companion).get(proof_url(proven)).status_code == 403


def test_a_document_of_another_report_is_not_opened_here(as_, focal, proven, make_report, dinkes):
    document = Document.objects.attached_to(proven).get()
    other = make_report(dinkes, focal)
    url = reverse("focal_points:proof", args=[other.pk, document.pk])
    assert as_(focal).get(url).status_code == 404


def test_more_than_three_files_are_asked_to_be_fewer(as_, focal, photo):
    files = [photo(f"f{number}.jpg") for number in range(4)]
    answer = as_(focal).post(reverse("focal_points:log"), {**answers(), "evidence": files})
    assert answer.status_code == 422
    assert "paling banyak 3" in answer.content.decode()
    assert not DutyReport.objects.exists()


def test_a_program_is_not_a_photo(as_, focal, tmp_path):
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"MZ\x90\x00 this is no picture")
    answer = as_(focal).post(reverse("focal_points:log"), {**answers(), "evidence": [path.open("rb")]})
    assert answer.status_code == 422
    assert not DutyReport.objects.exists()


def test_a_proof_is_taken_off_a_draft_and_stays_in_the_vault(as_, focal, photo):
    client = as_(focal)
    client.post(reverse("focal_points:log"), {**answers(keep="1"), "evidence": [photo()]})
    report = DutyReport.objects.get()
    document = Document.objects.attached_to(report).get()
    client.post(reverse("focal_points:unprove", args=[report.pk, document.pk]))
    assert not Document.objects.attached_to(report).exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_proof_of_a_sent_report_stays(as_, focal, proven):
    document = Document.objects.attached_to(proven).get()
    url = reverse("focal_points:unprove", args=[proven.pk, document.pk])
    assert as_(focal).post(url).status_code == 403
    assert Document.objects.attached_to(proven).exists()
