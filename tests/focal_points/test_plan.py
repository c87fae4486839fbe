"""An agency plans its year."""

import pytest
from django.urls import reverse
from django.utils import timezone

from focal_points.actions import plans as actions
from focal_points.models import DutyPlan
from pug_portal.core.access import Refused

pytestmark = pytest.mark.django_db


def typed(**other):
    start = {"year": str(timezone.localdate().year), "duty": "3", "activity": "Pelatihan PPRG", "month": "11"}
    return {**start, "target_women": "20", "target_men": "", **other}


def test_a_plan_is_written_down(as_, focal, dinkes):
    answer = as_(focal).post(reverse("focal_points:plan"), typed())
    row = DutyPlan.objects.get()
    assert answer.status_code == 303
    assert (row.agency, row.duty, row.month, row.target) == (dinkes, 3, 11, 20)


def test_bad_answers_come_back(as_, focal):
    answer = as_(focal).post(reverse("focal_points:plan"), typed(activity="", month="13", duty="9"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Isi nama kegiatan." in page and "Pilih salah satu dari daftar." in page


def test_a_plan_is_changed_and_cancelled(as_, focal, dinkes, make_plan):
    row, client = make_plan(dinkes), as_(focal)
    client.post(reverse("focal_points:change_plan", args=[row.pk]), typed(activity="Lain", version="1"))
    row.refresh_from_db()
    assert row.activity == "Lain"
    assert client.get(reverse("focal_points:cancel_plan", args=[row.pk])).status_code == 200
    client.post(reverse("focal_points:cancel_plan", args=[row.pk]))
    assert not DutyPlan.objects.exists()


def test_a_plan_with_a_report_stays(focal, dinkes, make_plan, make_report):
    row = make_plan(dinkes)
    make_report(dinkes, focal, plan=row)
    with pytest.raises(Refused, match="sudah punya laporan"):
        actions.cancel_plan(row, by=focal)


def test_nobody_else_plans(as_, other_focal, secretary, head, dinkes, make_plan):
    row = make_plan(dinkes)
    for person in (other_focal, secretary, head):
        with pytest.raises(Refused):
            actions.cancel_plan(row, by=person)
    assert as_(other_focal).get(reverse("focal_points:change_plan", args=[row.pk])).status_code == 404


def test_the_page_tells_what_became_of_plans(as_, focal, head, dinkes, make_plan, make_report):
    row = make_plan(dinkes, activity="Sudah jalan")
    make_report(dinkes, focal, plan=row, stage="submitted")
    make_plan(dinkes, activity="Terlewat", year=2025, month=2)
    page = as_(head).get(reverse("focal_points:plans")).content.decode()
    assert "Sudah jalan" in page and "Dilaporkan" in page and "Tambah rencana" not in page
    assert "Terlewat" in as_(focal).get(reverse("focal_points:plans") + "?tahun=2025").content.decode()


def test_a_plan_opens_the_report_form_already_filled(as_, focal, dinkes, make_plan):
    row = make_plan(dinkes, activity="Apel gabungan")
    page = as_(focal).get(reverse("focal_points:log") + f"?rencana={row.pk}").content.decode()
    assert 'value="Apel gabungan"' in page


def test_plans_stay_cheap(as_, focal, dinkes, make_plan, django_assert_max_num_queries):
    client = as_(focal)
    client.get(reverse("focal_points:plans"))  # the session is known from here on
    for count in (10, 90):
        for _ in range(count):
            make_plan(dinkes)
        with django_assert_max_num_queries(15):
            client.get(reverse("focal_points:plans"))
