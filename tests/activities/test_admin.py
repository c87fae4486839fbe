"""The admin of activities: corrections through the actions, no people of lists."""

from django.contrib import admin
from django.urls import reverse

from activities.models import Activity, Attendance, Participant
from pug_portal.core.models import AuditEvent

LIST = "admin:activities_activity_changelist"


def url(activity):
    return reverse("admin:activities_activity_change", args=[activity.pk])


def test_people_of_lists_are_not_in_the_admin():
    assert not admin.site.is_registered(Participant)
    assert not admin.site.is_registered(Attendance)


def test_the_secretariat_finds_and_opens_an_activity(as_, secretary, announced):
    page = as_(secretary).get(reverse(LIST), {"q": "kader"}).content.decode()
    assert announced.title in page
    page = as_(secretary).get(url(announced)).content.decode()
    assert reverse("activities:overview", args=[announced.pk]) in page


def test_a_correction_goes_through_the_action_and_is_recorded(as_, secretary, announced):
    data = {
        name: getattr(announced, name)
        for name in ("title", "kind", "theme", "manner", "programme", "purpose", "audience")
    }
    data |= {"place": "Balai Kota", "speakers-TOTAL_FORMS": "0", "speakers-INITIAL_FORMS": "0"}
    answer = as_(secretary).post(url(announced), data)
    assert answer.status_code == 302
    announced.refresh_from_db()
    assert announced.place == "Balai Kota"
    assert AuditEvent.objects.get(kind="activity.changed").facts == {"fields": ["place"]}


def test_a_draft_of_an_office_is_read_and_not_changed(as_, secretary, draft):
    assert as_(secretary).get(url(draft)).status_code == 200
    as_(secretary).post(url(draft), {"title": "Lain"})
    assert Activity.objects.get().title != "Lain"


def test_nothing_is_added_or_deleted_here(as_, secretary, announced):
    client = as_(secretary)
    assert client.get(reverse("admin:activities_activity_add")).status_code == 403
    assert client.get(reverse("admin:activities_activity_delete", args=[announced.pk])).status_code == 403


def test_a_focal_point_has_no_admin(as_, focal, announced):
    assert as_(focal).get(reverse(LIST)).status_code == 302
