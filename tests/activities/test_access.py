"""Who sees what: drafts, lists of people, and what a list page costs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.access import may, visible_activities, visible_participants
from activities.actions import participants, proposal
from activities.models import Activity, Participant
from activities.workflow import Move, Stage
from pug_portal.core.models import RoleAssignment

MOST_QUERIES = 15
COUNTING = 1  # a list that does not end on its first page is counted, once


def test_everybody_sees_what_is_announced_and_only_that(announced, focal, values):
    proposal.propose(values=values(title="Draf"), by=focal)
    assert list(visible_activities(AnonymousUser())) == [announced]


def test_drafts_are_seen_by_the_own_office_and_the_secretariat(draft, cast, other_focal, superuser):
    sees = {role for role, person in cast.items() if draft in visible_activities(person)}
    assert sees == {"sekretariat", "focal_point", "kepala_pd"}
    assert draft not in visible_activities(other_focal)
    assert draft in visible_activities(superuser)


def test_names_are_for_those_who_keep_the_list(sari, cast, other_focal, superuser):
    sees = {role for role, person in cast.items() if visible_participants(person, sari.activity).exists()}
    assert sees == {"sekretariat", "focal_point"}
    for person in (other_focal, superuser, AnonymousUser()):
        assert not visible_participants(person, sari.activity).exists()


def test_an_ended_term_loses_sight_at_once(draft, focal):
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(user=focal).update(starts=yesterday, ends=yesterday)
    focal = type(focal).objects.get(pk=focal.pk)
    assert draft not in visible_activities(focal)
    assert not may(focal, Move.CHANGE, draft)


def test_page_list_and_overview_agree_for_each_person(as_, draft, cast, other_focal):
    for person in [*cast.values(), other_focal]:
        if not person.has_perm("activities.view_activity"):
            assert as_(person).get(reverse("activities:workspace")).status_code == 403
            continue
        listed = draft.title in as_(person).get(reverse("activities:workspace")).content.decode()
        page = as_(person).get(reverse("activities:overview", args=[draft.pk]))
        assert listed == (page.status_code == 200) == (draft in visible_activities(person))


@pytest.mark.parametrize("stage", Stage.values)
def test_the_overview_opens_in_every_stage(as_, focal, secretary, head, draft, stage):
    Activity.objects.update(stage=stage, present_female=1, present_male=2, reported_at=timezone.now())
    for person in (focal, secretary, head):
        assert as_(person).get(reverse("activities:overview", args=[draft.pk])).status_code == 200


@pytest.mark.parametrize(
    "keadaan",
    ["", "semua", "hari-ini", "usulan", "perbaikan", "disetujui", "laporan", "hasil", "lalu", "ditarik"],
)
def test_every_filter_answers(as_, secretary, announced, keadaan):
    answer = as_(secretary).get(reverse("activities:workspace"), {"keadaan": keadaan, "cari": "kader"})
    assert answer.status_code == 200
    assert (announced.title in answer.content.decode()) == (keadaan in ("", "semua"))


def test_a_filter_without_hits_offers_the_way_back(as_, secretary, announced):
    page = as_(secretary).get(reverse("activities:workspace"), {"cari": "tidak ada"}).content.decode()
    assert "Hapus semua penyaring" in page


def test_named_sets_of_the_day(running, over):
    assert running == over  # one activity, moved twice: the last move counts
    assert list(Activity.objects.awaiting_report()) == [over]
    assert not Activity.objects.today().exists()
    later = timezone.now() + timedelta(days=15)
    assert list(Activity.objects.late_with_report(later)) == [over]


def _many(source: Activity, count: int) -> None:
    rows = []
    for n in range(count):
        row = Activity.objects.get(pk=source.pk)
        row.pk, row.slug = None, f"{source.slug}-{n}"
        row._state.adding = True
        row.id = Activity._meta.get_field("id").get_default()
        row.starts_at += timedelta(hours=n)
        row.ends_at += timedelta(hours=n)
        rows.append(row)
    Activity.objects.bulk_create(rows)


def _queries(client, address) -> int:
    with CaptureQueriesContext(connection) as ran:
        assert client.get(address).status_code == 200
    return len(ran)


def test_the_working_list_costs_the_same_with_10_and_100_rows(as_, secretary, announced):
    client, address = as_(secretary), reverse("activities:workspace")
    client.get(address)  # the first page of a session also writes the session
    _many(announced, 9)
    few = _queries(client, address)
    _many(Activity.objects.latest("starts_at"), 90)
    assert _queries(client, address) == few + COUNTING <= MOST_QUERIES


def test_the_list_of_people_costs_the_same_with_10_and_100_rows(as_, focal, running):
    client = as_(focal)
    client.get(reverse("activities:workspace"))  # the first page of a session also writes the session
    for name in ("participants", "attendance", "sheet", "overview"):
        address = reverse(f"activities:{name}", args=[running.pk])
        Participant.objects.all().delete()
        people = [{"name": f"Orang {n}", "sex": "P"} for n in range(10)]
        participants.register_many(running, people=people, by=focal)
        few = _queries(client, address)
        participants.register_many(running, people=people * 9, by=focal)
        assert _queries(client, address) <= few + COUNTING <= MOST_QUERIES


def test_the_list_of_people_turns_its_pages(as_, focal, running):
    people = [{"name": f"Orang nomor {n:03d}", "sex": "P"} for n in range(1, 121)]
    participants.register_many(running, people=people, by=focal)
    address = reverse("activities:participants", args=[running.pk])
    first = as_(focal).get(address)
    assert "Orang nomor 050" in first.content.decode()
    second = as_(focal).get(address + first.context["page"].next_url)
    assert "Orang nomor 051" in second.content.decode()
    assert "Orang nomor 050" not in second.content.decode()
