"""The administration of this room: looked up by search, changed through the same acts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from focal_points.models import Appointment
from pug_portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db

MODELS = ["appointment", "dutyplan", "dutyreport"]


@pytest.mark.parametrize("model", MODELS)
def test_lists_open_and_search_for_the_secretariat(
    as_, secretary, model, make_appointment, make_plan, make_report, dinkes, focal
):
    make_appointment(dinkes), make_plan(dinkes), make_report(dinkes, focal, stage="submitted")
    url = reverse(f"admin:focal_points_{model}_changelist")
    answer = as_(secretary).get(url, {"q": "dinkes"})
    assert answer.status_code == 200
    assert "Dinas Kesehatan" in answer.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_others_do_not_open_them(as_, admin_person, model):
    url = reverse(f"admin:focal_points_{model}_changelist")
    assert as_(admin_person).get(url).status_code == 403


def test_a_draft_is_not_listed(as_, secretary, make_report, dinkes, focal):
    make_report(dinkes, focal, title="Masih rahasia")
    page = as_(secretary).get(reverse("admin:focal_points_dutyreport_changelist")).content.decode()
    assert "Masih rahasia" not in page


def typed(**other):
    day = timezone.localdate()
    return {
        "name": "Rini Astuti (fiktif)",
        "sex": "P",
        "position": "Perencana",
        "unit": "",
        "part": "ketua",
        "decree_number": "463/1/2026",
        "decree_date": f"{day.day}/{day.month}/{day.year}",
        "starts": f"{day.day}/{day.month}/{day.year}",
        "ends": "",
        **other,
    }


def test_adding_goes_through_the_act(as_, secretary, dinkes):
    url = reverse("admin:focal_points_appointment_add")
    answer = as_(secretary).post(url, typed(agency=str(dinkes.pk)))
    assert answer.status_code == 302, answer.context["errors"] if answer.context else ""
    assert Appointment.objects.get().agency == dinkes
    assert AuditEvent.objects.filter(kind="focal_point.appointed").count() == 1


def test_changing_goes_through_the_act_and_leaves_the_term_alone(as_, secretary, make_appointment, dinkes):
    row = make_appointment(dinkes)
    url = reverse("admin:focal_points_appointment_change", args=[row.pk])
    assert as_(secretary).get(url).status_code == 200
    as_(secretary).post(url, typed(unit="Sekretariat", ends="1/1/2030"))
    row.refresh_from_db()
    assert (row.unit, row.ends) == ("Sekretariat", None)
    assert AuditEvent.objects.filter(kind="focal_point.corrected").count() == 1


@pytest.mark.parametrize("verb", ["import", "export"])
def test_appointments_come_and_go_as_a_sheet(as_, secretary, verb):
    assert as_(secretary).get(reverse(f"admin:focal_points_appointment_{verb}")).status_code == 200


def test_reports_never_come_as_a_sheet(as_, secretary):
    assert as_(secretary).get(reverse("admin:focal_points_dutyreport_import")).status_code == 403
    assert as_(secretary).get(reverse("admin:focal_points_dutyreport_export")).status_code == 200


def test_nothing_is_deleted_here(as_, secretary, make_appointment, dinkes):
    row = make_appointment(dinkes)
    url = reverse("admin:focal_points_appointment_delete", args=[row.pk])
    assert as_(secretary).post(url, {"post": "yes"}).status_code == 403
