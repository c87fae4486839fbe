"""Announce, withdraw, publish the result."""

import pytest
from django.urls import reverse

from activities.actions import proposal, publication
from activities.models import Activity
from activities.workflow import Stage
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent, Obligation


def test_the_secretariat_looks_at_the_page_and_announces(as_, secretary, approved):
    address = reverse("activities:publish", args=[approved.pk])
    assert "Beginilah halaman umumnya" in as_(secretary).get(address).content.decode()
    as_(secretary).post(address)
    approved.refresh_from_db()
    assert approved.stage == Stage.OPEN
    assert list(Activity.objects.published()) == [approved]
    assert list(Activity.objects.coming()) == [approved]


def test_announcing_starts_the_clock_of_the_report(announced):
    duty = Obligation.objects.get(kind="activity.report")
    assert duty.due_at == announced.report_due
    assert duty.institution == announced.organiser


def test_a_new_day_moves_the_clock(secretary, announced, values):
    later = values(days=30)
    changed = {name: later[name] for name in ("starts_at", "ends_at")}
    proposal.change(announced, values=changed, by=secretary)
    assert Obligation.objects.open().get().due_at == announced.report_due


def test_the_secretariat_announces_its_own_activity_without_a_second_person(secretary, values):
    own = proposal.propose(values=values(), by=secretary)
    publication.publish(own, by=secretary)
    assert own.stage == Stage.OPEN
    assert AuditEvent.objects.get(kind="activity.published").facts["reviewed"] is False


def test_what_others_wrote_is_announced_after_the_review_only(secretary, draft, submitted):
    with pytest.raises(Refused):
        publication.publish(submitted, by=secretary)


def test_a_focal_point_announces_nothing(as_, focal, approved):
    assert as_(focal).get(reverse("activities:publish", args=[approved.pk])).status_code == 403
    with pytest.raises(Refused):
        publication.publish(approved, by=focal)


def test_withdrawing_needs_a_reason_and_stops_the_clock(as_, secretary, announced):
    address = reverse("activities:withdraw", args=[announced.pk])
    assert as_(secretary).post(address, {"reason": ""}).status_code == 422
    assert as_(secretary).post(address, {"reason": "Banjir"}).status_code == 303
    announced.refresh_from_db()
    assert (announced.stage, announced.withdrawn_reason) == (Stage.WITHDRAWN, "Banjir")
    assert not Obligation.objects.open().exists()
    assert not Activity.objects.published().exists()


def test_a_focal_point_withdraws_nothing(focal, announced):
    with pytest.raises(Refused):
        publication.withdraw(announced, reason="x", by=focal)


def test_what_was_withdrawn_is_announced_again(secretary, announced):
    publication.withdraw(announced, reason="Banjir", by=secretary)
    publication.publish(announced, by=secretary)
    assert (announced.stage, announced.withdrawn_reason) == (Stage.OPEN, "")


def test_the_result_of_a_report_is_published(as_, secretary, reported):
    address = reverse("activities:conclude", args=[reported.pk])
    assert "Diikuti kader." in as_(secretary).get(address).content.decode()
    as_(secretary).post(address)
    reported.refresh_from_db()
    assert reported.stage == Stage.PUBLISHED


def test_nothing_is_concluded_before_the_report(secretary, focal, over, reported):
    with pytest.raises(Refused):
        publication.conclude(reported, by=focal)
    publication.conclude(reported, by=secretary)
    with pytest.raises(WrongStage):
        publication.conclude(reported, by=secretary)


def test_two_people_announcing_at_once_announce_once(secretary, approved):
    other = Activity.objects.get(pk=approved.pk)
    publication.publish(approved, by=secretary)
    with pytest.raises(WrongStage):
        publication.publish(other, by=secretary)
