"""The secretariat returns, approves and takes back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from focal_points.actions import reports
from focal_points.actions import review as actions
from focal_points.models import DutyReport
from institutions.models import Attachment, Document
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent, Obligation, OutboxMessage, RoleAssignment, StoredFile
from pug_portal.core.review import Stage
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(make_report, dinkes, focal):
    return make_report(dinkes, focal, stage="submitted")


def in_the_inbox(report):
    """Return the row as the inbox reads it, without proof."""
    return DutyReport.objects.with_warnings(Attachment.objects.all()).get(pk=report.pk)


# Send back


def test_a_report_goes_back_with_a_note_a_clock_and_a_letter(as_, secretary, focal, waiting):
    url = reverse("focal_points:send_back", args=[waiting.pk])
    answer = as_(secretary).post(url, {"reasons": ["participants"], "field": "result", "text": "Lengkapi."})
    waiting.refresh_from_db()
    assert answer.status_code == 303
    assert waiting.stage == Stage.RETURNED
    assert {note.field for note in waiting.open_notes()} == {"women", "result"}
    clock = Obligation.objects.about(waiting).open().get(kind="duty.repair")
    assert (clock.owner, clock.institution) == (focal, waiting.agency)
    letter = OutboxMessage.objects.get(letter="duty_report_returned")
    assert "Lengkapi" not in str(letter.context)


def test_a_return_without_reason_is_asked_for_one(as_, secretary, waiting):
    url = reverse("focal_points:send_back", args=[waiting.pk])
    answer = as_(secretary).post(url, {"field": "result", "text": "  "})
    waiting.refresh_from_db()
    assert answer.status_code == 422
    assert waiting.stage == Stage.SUBMITTED


def test_the_author_sees_the_note_at_its_field_and_repairs(as_, secretary, focal, waiting):
    actions.send_back(waiting, notes={"result": "Tambahkan tindak lanjut."}, by=secretary)
    client = as_(focal)
    page = client.get(reverse("focal_points:change", args=[waiting.pk])).content.decode()
    assert "Catatan sekretariat: Tambahkan tindak lanjut." in page
    reports.change(waiting, by=focal, result="Sudah dilengkapi dengan tindak lanjut bulan depan.", send=True)
    assert waiting.stage == Stage.SUBMITTED
    assert not waiting.open_notes().exists()
    assert not Obligation.objects.about(waiting).open().exists()
    actions.approve(waiting, by=secretary)
    assert waiting.stage == Stage.APPROVED


@pytest.mark.parametrize("role", ["focal", "other_focal", "head", "chair", "expert", "superuser"])
def test_only_the_secretariat_decides(request, role, waiting):
    user = request.getfixturevalue(role)
    with pytest.raises(Refused):
        actions.send_back(waiting, notes={"": "x"}, by=user)
    with pytest.raises(Refused):
        actions.approve(waiting, by=user)


def test_nobody_reviews_the_own_agency(secretary, waiting, dinkes):
    RoleAssignment.objects.create(
        user=secretary, role=Role.FOCAL_POINT, institution=dinkes, starts=timezone.localdate()
    )
    secretary = type(secretary).objects.get(pk=secretary.pk)
    with pytest.raises(Refused, match="orang lain"):
        actions.approve(waiting, by=secretary)


# Approve


def test_approving_opens_the_next_report(as_, secretary, waiting, make_report, dinkes, focal):
    after = make_report(dinkes, focal, stage="submitted", title="Berikutnya")
    url = reverse("focal_points:approve", args=[waiting.pk])
    answer = as_(secretary).post(url, {"next": str(after.pk)})
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.approver) == (Stage.APPROVED, secretary)
    assert answer.url == reverse("focal_points:review", args=[after.pk])
    assert AuditEvent.objects.filter(kind="review.approved", target_id=str(waiting.pk)).exists()


def test_a_decision_falls_once(secretary, waiting):
    actions.approve(waiting, by=secretary)
    with pytest.raises(WrongStage):
        actions.send_back(waiting, notes={"": "x"}, by=secretary)


def test_what_was_changed_behind_the_reviewers_back_is_not_approved(secretary, waiting):
    DutyReport.objects.filter(pk=waiting.pk).update(women=999)
    waiting.refresh_from_db()
    with pytest.raises(WrongStage):
        actions.approve(waiting, by=secretary)


# Undo


def test_a_decision_is_taken_back_from_the_page(as_, secretary, waiting):
    client = as_(secretary)
    client.post(reverse("focal_points:approve", args=[waiting.pk]))
    assert "Urungkan" in client.get(reverse("focal_points:review_inbox")).content.decode()
    client.post(reverse("focal_points:undo", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.approver) == (Stage.SUBMITTED, None)


def test_undoing_a_return_takes_note_and_clock_along(secretary, waiting):
    actions.send_back(waiting, notes={"result": "x"}, by=secretary)
    actions.undo(waiting, by=secretary)
    assert waiting.stage == Stage.SUBMITTED
    assert not waiting.open_notes().exists()
    assert not Obligation.objects.about(waiting).open().exists()


def test_after_its_time_a_decision_stays(secretary, waiting):
    actions.approve(waiting, by=secretary)
    waiting.reviewed_at = timezone.now() - timedelta(seconds=16)
    with pytest.raises(Refused, match="10 detik"):
        actions.undo(waiting, by=secretary)


def test_nobody_takes_back_anothers_decision(secretary, person, waiting):
    actions.approve(waiting, by=secretary)
    with pytest.raises(Refused):
        actions.undo(waiting, by=person(Role.SECRETARIAT))


def test_a_return_is_not_undone_when_the_repair_has_begun(secretary, focal, waiting):
    actions.send_back(waiting, notes={"result": "x"}, by=secretary)
    reports.change(waiting, by=focal, title="Sudah diperbaiki")
    with pytest.raises(WrongStage):
        actions.undo(waiting, by=secretary)


# Batch


def test_a_batch_takes_only_reports_without_warnings(as_, secretary, waiting, make_report, dinkes, focal):
    clean = make_report(dinkes, focal, stage="submitted", title="Bersih")
    prove(clean)
    ticked = {"laporan": [str(clean.pk), str(waiting.pk), "rusak"]}
    client = as_(secretary)
    client.post(reverse("focal_points:approve_batch"), ticked)
    clean.refresh_from_db()
    waiting.refresh_from_db()
    assert (clean.stage, waiting.stage) == (Stage.APPROVED, Stage.SUBMITTED)
    page = client.get(reverse("focal_points:review_inbox")).content.decode()
    assert "1 laporan disetujui" in page and "Dilewati" in page and "Tanpa bukti" in page


def prove(report):
    stored = StoredFile.objects.create(
        name="a.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, storage_name="a"
    )
    document = Document.objects.create(title="Foto", kind="foto", owner=report.agency, file=stored)
    Attachment.objects.create(
        document=document,
        target_type="focal_points.dutyreport",
        target_id=report.pk,
        target_label="x",
    )


def test_warnings_name_what_to_look_at(make_report, dinkes, focal):
    row = make_report(
        dinkes, focal, stage="submitted", women=0, men=0, result="Baik.",
        held_on=timezone.localdate() - timedelta(days=90),
    )  # fmt: skip
    make_report(dinkes, focal, held_on=row.held_on)
    assert in_the_inbox(row).warnings == [
        "Tanpa bukti",
        "Peserta nol",
        "Hasil sangat singkat",
        "Dilaporkan lebih dari dua bulan sesudah kegiatan",
        "Ada laporan lain dengan kegiatan dan tanggal yang sama",
    ]


def test_the_inbox_stays_cheap(as_, secretary, make_report, dinkes, focal, django_assert_max_num_queries):
    client, url = as_(secretary), reverse("focal_points:review_inbox")
    for count in (10, 90):
        for number in range(count):
            make_report(dinkes, focal, stage="submitted", title=f"Kegiatan {number}")
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_an_empty_inbox_is_kind(as_, secretary):
    page = as_(secretary).get(reverse("focal_points:review_inbox")).content.decode()
    assert "Tidak ada laporan yang menunggu" in page
