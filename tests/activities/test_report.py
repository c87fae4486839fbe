"""Hold, report, export, prove."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from activities import stats
from activities.actions import attendance, participants, report
from activities.models import Activity
from activities.workflow import Stage
from institutions.models import Document
from pug_portal.core.access import Refused, Stale
from pug_portal.core.models import AuditEvent, Obligation
from tests.activities.conftest import moved

TEXT = {"results": "Kader paham PUG", "summary": "Diikuti kader PKK."}


def url(activity, name="report"):
    return reverse(f"activities:{name}", args=[activity.pk])


def test_the_portal_counts_who_came_by_sex(as_, focal, over):
    for name, sex in (("Sari", "P"), ("Rini", "P"), ("Bagas", "L"), ("Tidak datang", "L")):
        person = participants.register(over, name=name, sex=sex, by=focal)
        if name != "Tidak datang":
            attendance.mark(person, day=over.days[0], way="list", by=focal)
    page = as_(focal).get(url(over)).content.decode()
    assert "2 perempuan" in page and "1 laki-laki" in page
    answer = as_(focal).post(url(over), TEXT | {"version": over.version, "counted_male": "3"})
    assert answer.status_code == 303
    over.refresh_from_db()
    assert (over.stage, over.present_female, over.present_male) == (Stage.REPORTED, 2, 4)
    assert not Obligation.objects.open().exists()


def test_a_report_without_anybody_present_is_refused_in_the_form(as_, focal, over):
    answer = as_(focal).post(url(over), TEXT | {"version": over.version})
    assert answer.status_code == 422
    assert "Belum ada yang tercatat hadir" in answer.content.decode()
    assert "Kader paham PUG" in answer.content.decode()
    over.refresh_from_db()
    assert over.stage == Stage.OPEN


@pytest.mark.parametrize("missing", ["results", "summary"])
def test_result_and_summary_are_required(as_, focal, over, missing):
    answer = as_(focal).post(url(over), TEXT | {"version": over.version, "counted_male": "1", missing: ""})
    assert answer.status_code == 422


def test_a_report_is_repaired_until_its_result_is_public(focal, reported):
    report.report(reported, results="Lebih lengkap", summary="Ringkas", by=focal)
    assert (reported.results, reported.present_total) == ("Lebih lengkap", 2)


def test_two_people_reporting_at_once_do_not_overwrite(focal, over):
    values = {"results": "A", "summary": "B", "counted_female": 5, "by": focal}
    report.report(over, version=over.version, **values)
    with pytest.raises(Stale):
        report.report(over, version=1, **values)


def test_nothing_is_reported_before_its_day(as_, focal, announced):
    assert as_(focal).get(url(announced)).status_code == 403
    with pytest.raises(Refused, match="belum dimulai"):
        report.report(announced, results="x", summary="y", counted_male=1, by=focal)


def test_other_offices_report_nothing(as_, other_focal, head, over):
    assert as_(other_focal).get(url(over)).status_code == 403
    with pytest.raises(Refused):
        report.report(over, results="x", summary="y", counted_male=1, by=head)


def test_the_attendance_is_closed_by_the_organiser(as_, focal, other_focal, over):
    with pytest.raises(Refused):
        report.hold(over, by=other_focal)
    assert "Tutup presensi dengan 0 orang" in as_(focal).get(url(over, "hold")).content.decode()
    as_(focal).post(url(over, "hold"))
    over.refresh_from_db()
    assert over.stage == Stage.HELD
    assert list(Activity.objects.awaiting_report()) == [over]


def test_the_report_is_taken_along_as_pdf_and_word(as_, focal, other_focal, reported):
    pdf = as_(focal).get(url(reported, "report_pdf"))
    assert pdf.content.startswith(b"%PDF-")
    word = as_(focal).get(url(reported, "report_docx"))
    assert word.content.startswith(b"PK")
    assert as_(other_focal).get(url(reported, "report_pdf")).status_code == 403


# The list as a file


def test_without_names_the_file_holds_no_person(as_, focal, sari):
    answer = as_(focal).post(url(sari.activity, "export"), {"form_of_file": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert "TP PKK Tembalang" in text and "Sari" not in text and "812" not in text
    assert AuditEvent.objects.get(kind="export.made").facts["names"] is False


def test_names_leave_only_with_a_reason(as_, focal, sari):
    data = {"form_of_file": "xlsx", "with_names": "on"}
    assert as_(focal).post(url(sari.activity, "export"), data).status_code == 422
    answer = as_(focal).post(url(sari.activity, "export"), data | {"reason": "Lampiran SPJ"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "Sari Peraga (fiktif)" in [cell.value for cell in sheet[2]]
    assert AuditEvent.objects.get(kind="export.made").reason == "Lampiran SPJ"


def test_a_name_that_looks_like_a_formula_stays_text(as_, focal, running):
    participants.register(running, name="=HYPERLINK(1)", sex="P", origin="@SUM(A1)", by=focal)
    data = {"form_of_file": "csv", "with_names": "on", "reason": "uji"}
    text = as_(focal).post(url(running, "export"), data).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text and "'@SUM(A1)" in text


def test_other_offices_take_no_list_along(as_, other_focal, head, sari):
    for person in (other_focal, head):
        answer = as_(person).post(url(sari.activity, "export"), {"form_of_file": "csv"})
        assert answer.status_code == 403


# Proofs


def test_a_proof_lands_in_the_vault_and_on_the_page(as_, focal, reported):
    upload = SimpleUploadedFile("hadir.txt", b"x")
    answer = as_(focal).post(url(reported, "prove"), {"title": "Foto", "kind": "foto", "upload": upload})
    assert answer.status_code == 422
    png = _png()
    data = {"title": "Foto pembukaan", "kind": "foto", "upload": SimpleUploadedFile("a.png", png)}
    assert as_(focal).post(url(reported, "prove"), data).status_code == 303
    document = Document.objects.attached_to(reported).get()
    assert document.owner == reported.organiser
    assert "Foto pembukaan" in as_(focal).get(url(reported, "overview")).content.decode()


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_other_offices_add_no_proof(as_, other_focal, reported):
    assert as_(other_focal).get(url(reported, "prove")).status_code == 403


# Figures


def test_rows_of_people_by_sex(reported):
    rows = stats.people_by_sex(Activity.objects.all(), by="kind")
    assert [(row.label, row.activities, row.female, row.male, row.total) for row in rows] == [
        ("Sosialisasi", 1, 1, 1, 2)
    ]
    for by in ("activity", "month", "theme", "organiser"):
        assert stats.total(stats.people_by_sex(Activity.objects.all(), by=by)).total == 2


def test_an_activity_not_reported_counts_as_seen_at_the_door(focal, sari):
    attendance.mark(sari, day=sari.activity.days[-1], way="list", by=focal)
    (row,) = stats.people_by_sex(Activity.objects.all(), by="activity")
    assert (row.female, row.male, row.share_female) == (1, 0, 100.0)


def test_somebody_who_came_on_two_days_counts_once(focal, sari):
    activity = moved(sari.activity, days=-2)
    Activity.objects.filter(pk=activity.pk).update(ends_at=activity.starts_at + timedelta(days=1))
    sari.activity.refresh_from_db()
    for day in sari.activity.days:
        attendance.mark(sari, day=day, way="list", by=focal)
    assert sari.attendances.count() == 2
    assert stats.counts_of_one(sari.activity).came == 1
