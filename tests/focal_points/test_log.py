"""A focal point logs a duty report."""

import pytest
from django.urls import reverse

from focal_points.actions import reports
from focal_points.models import DutyReport
from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent
from pug_portal.core.review import Stage
from tests.focal_points.makers import answers, facts

pytestmark = pytest.mark.django_db


def test_a_focal_point_logs_and_sends_in_one_screen(as_, focal, dinkes):
    answer = as_(focal).post(reverse("focal_points:log"), answers(send="1"))
    report = DutyReport.objects.get()
    assert answer.status_code == 303
    assert answer.url == reverse("focal_points:report", args=[report.pk])
    assert (report.agency, report.author, report.stage) == (dinkes, focal, Stage.SUBMITTED)
    assert (report.women, report.men, report.participants) == (12, 8, 20)


def test_saving_first_keeps_a_draft(as_, focal):
    as_(focal).post(reverse("focal_points:log"), answers(keep="1"))
    assert DutyReport.objects.get().stage == Stage.DRAFT


def test_the_same_form_sent_twice_makes_one_report(as_, focal):
    client, sent = as_(focal), answers(send="1", idem="6e1b6c43-46b4-4b7b-8c9a-0f3c26b0ac11")
    first = client.post(reverse("focal_points:log"), sent)
    second = client.post(reverse("focal_points:log"), sent)
    assert DutyReport.objects.count() == 1
    assert first.url == second.url


def test_bad_answers_come_back_with_everything_typed(as_, focal):
    bad = answers(held_on="5/13/2026", women="", title="", place="Aula Anggrek")
    answer = as_(focal).post(reverse("focal_points:log"), bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Aula Anggrek" in page
    assert "Isi jumlah peserta perempuan. Tulis 0 bila tidak ada." in page
    assert "Bulan harus antara 1 dan 12" in page
    assert "Isi nama kegiatan." in page
    assert not DutyReport.objects.exists()


def test_an_activity_of_tomorrow_is_not_reported(as_, focal):
    answer = as_(focal).post(reverse("focal_points:log"), answers(held_on="31/12/2098"))
    assert "belum lewat" in answer.content.decode()


def test_a_plan_answers_for_duty_and_activity(as_, focal, dinkes, make_plan):
    plan = make_plan(dinkes, duty=3, activity="Sosialisasi bagi staf puskesmas")
    sent = answers(plan=str(plan.pk), duty="", title="", keep="1")
    as_(focal).post(reverse("focal_points:log"), sent)
    report = DutyReport.objects.get()
    assert (report.plan, report.duty, report.title) == (plan, 3, "Sosialisasi bagi staf puskesmas")


def test_another_agencys_plan_is_no_choice(as_, focal, disdik, dinkes, make_plan):
    make_plan(dinkes)
    plan = make_plan(disdik)
    answer = as_(focal).post(reverse("focal_points:log"), answers(plan=str(plan.pk)))
    assert answer.status_code == 422


def test_what_was_typed_and_not_sent_comes_back(as_, focal, dinkes):
    client = as_(focal)
    url = reverse("core:autosave", args=[f"laporan-baru-{dinkes.pk}"])
    assert client.post(url, {"title": "Apel pagi", "place": "Halaman"}).status_code == 200
    page = client.get(reverse("focal_points:log")).content.decode()
    assert "Apel pagi" in page and "sudah dikembalikan" in page
    client.post(reverse("focal_points:log"), answers(send="1"))
    assert "Apel pagi" not in client.get(reverse("focal_points:log")).content.decode()


def test_copying_brings_everything_but_numbers_and_result(as_, focal, dinkes, make_report):
    make_report(dinkes, focal, title="Rapat bulanan", place="Ruang rapat", women=31)
    page = as_(focal).get(reverse("focal_points:log") + "?salin=1").content.decode()
    assert "Rapat bulanan" in page and "Ruang rapat" in page
    assert 'value="31"' not in page


def test_nobody_logs_for_another_agency(focal, disdik):
    with pytest.raises(Refused, match="Hanya focal point lembaga ini"):
        reports.log(disdik, by=focal, **facts())


@pytest.mark.parametrize("role", ["secretary", "head", "chair", "companion", "superuser"])
def test_other_roles_do_not_log(request, role, dinkes):
    with pytest.raises(Refused):
        reports.log(dinkes, by=request.getfixturevalue(role), **facts())


def test_a_role_that_ended_logs_nothing(focal, dinkes):
    focal.terms.update(starts="2020-01-01", ends="2020-12-31")
    focal = type(focal).objects.get(pk=focal.pk)
    with pytest.raises(Refused):
        reports.log(dinkes, by=focal, **facts())


def test_logging_is_recorded_without_words_of_the_report(focal, dinkes):
    report = reports.log(dinkes, by=focal, **facts(title="Judul yang panjang"))
    event = AuditEvent.objects.get(kind="duty.reported")
    assert event.target_id == str(report.pk)
    assert "Judul" not in f"{event.target_label}{event.facts}"
