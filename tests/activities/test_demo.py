"""The demonstration: sixty activities, marked, the same from the same seed."""

import random

import pytest
from django.core.management import call_command
from django.utils import timezone

from activities import demo
from activities.models import Activity, Participant, Speaker
from activities.workflow import Stage
from institutions.models import Region
from pug_portal.core.models import Obligation
from pug_portal.core.roles import Role


@pytest.fixture
def filled(secretary, focal, other_focal, bappeda, kelurahan):
    people = {Role.SECRETARIAT: [secretary], Role.FOCAL_POINT: [focal, other_focal]}
    return demo.fill(people, rng=random.Random(7))


def test_sixty_activities_with_about_forty_people_each(filled):
    assert filled["kegiatan"] == Activity.objects.count() == 60
    assert 1800 < filled["peserta"] == Participant.objects.count()
    assert filled["kehadiran"] > 1000


def test_there_is_something_for_every_home(filled):
    found = Activity.objects
    assert found.today().count() == 2
    for named in (
        found.coming(),
        found.awaiting_approval(),
        found.returned(),
        found.awaiting_publication(),
        found.awaiting_report(),
        found.awaiting_conclusion(),
    ):
        assert named.exists()
    assert set(found.values_list("stage", flat=True)) == set(Stage.values) - {Stage.HELD}
    assert Obligation.objects.open().filter(kind="activity.report").exists()


def test_everything_is_marked_as_fiction(filled):
    assert not Activity.objects.exclude(title__contains="(peraga)").exists()
    assert not Speaker.objects.exclude(name__contains="(fiktif)").exists()
    assert all("(fiktif)" in person.name for person in Participant.objects.all())


def test_what_the_stage_promises_is_there(filled):
    for activity in Activity.objects.published():
        assert activity.announced_at
    for activity in Activity.objects.filter(stage=Stage.PUBLISHED):
        assert activity.present_total and activity.summary and activity.ends_at < timezone.now()


def test_a_smaller_portal_is_possible(secretary, dinkes, db):
    Region.objects.all().delete()
    counts = demo.fill({Role.SECRETARIAT: [secretary]}, rng=random.Random(7), scale=0.1)
    assert counts["kegiatan"] == 6


def test_no_migration_is_missing(db):
    call_command("makemigrations", "activities", check=True, dry_run=True, verbosity=0)
