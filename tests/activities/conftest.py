"""Activities of Dinas Kesehatan in every stage, and people on their lists; all fictional."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import attendance, participants, proposal, publication, report
from activities.models import Activity, Attendance, Kind, Theme
from institutions.models import Region


@pytest.fixture
def kelurahan(db):
    district = Region.objects.get_or_create(code="33.74.10", defaults={"name": "Tembalang"})[0]
    return Region.objects.get_or_create(
        code="33.74.10.1001", defaults={"name": "Tembalang", "parent": district}
    )[0]


@pytest.fixture
def values(dinkes):
    """What the proposal form cleans to: values(title="...", days=-3)."""

    def make(**changes):
        start = timezone.now() + timedelta(days=changes.pop("days", 7))
        start = start.replace(minute=0, second=0, microsecond=0)
        return {
            "title": "Sosialisasi PUG bagi kader",
            "kind": Kind.SOCIALISATION,
            "theme": Theme.CONCEPT,
            "organiser": dinkes,
            "programme": "Kesetaraan gender dan pemberdayaan perempuan",
            "purpose": "Mendorong pemahaman nilai kesetaraan gender",
            "audience": "Kader PKK",
            "starts_at": start,
            "ends_at": start + timedelta(hours=3),
            "place": "Balai Kelurahan Tembalang",
        } | changes

    return make


@pytest.fixture
def draft(focal, values):
    return proposal.propose(values=values(), by=focal)


@pytest.fixture
def submitted(focal, draft):
    proposal.submit(draft, by=focal)
    return draft


@pytest.fixture
def approved(secretary, submitted):
    proposal.approve(submitted, by=secretary)
    return submitted


@pytest.fixture
def announced(secretary, approved):
    """Announced, a week ahead."""
    publication.publish(approved, by=secretary)
    return approved


@pytest.fixture
def running(announced):
    """Announced, taking place now."""
    return moved(announced, hours=-1)


@pytest.fixture
def over(announced):
    """Announced, three days ago."""
    return moved(announced, days=-3)


def moved(activity, **ago) -> Activity:
    """Let the activity take place at another time."""
    start = timezone.now() + timedelta(**ago)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
    Activity.objects.filter(pk=activity.pk).update(**times)
    activity.refresh_from_db()
    return activity


@pytest.fixture
def sari(running, focal):
    """A fictional participant of the running activity."""
    return participants.register(
        running,
        name="Sari Peraga (fiktif)",
        sex="P",
        origin="TP PKK Tembalang",
        contact="+6281234567890",
        may_contact=True,
        by=focal,
    )


@pytest.fixture
def reported(over, focal):
    """Over, with one woman and one man present, and reported."""
    for name, sex in (("Sari Peraga (fiktif)", "P"), ("Bagas Peraga (fiktif)", "L")):
        person = participants.register(over, name=name, sex=sex, by=focal)
        attendance.mark(person, day=over.days[0], way=Attendance.Way.LIST, by=focal)
    report.report(over, results="Kader paham", summary="Diikuti kader.", by=focal)
    return over


@pytest.fixture
def proposal_form(dinkes):
    """What a browser sends for a new activity."""

    def make(**changes):
        return {
            "title": "Pelatihan PPRG bagi perencana",
            "kind": "pelatihan",
            "theme": "pprg",
            "organiser": str(dinkes.pk),
            "first_day": "7 Desember 2026",
            "start_time": "08.30",
            "end_time": "12.00",
            "manner": "tempat",
            "place": "Aula Dinas Kesehatan",
            "quota": "40",
            "programme": "Kesetaraan gender",
            "purpose": "Memahami GAP\nMenyusun GBS",
            "audience": "Perencana dinas",
        } | changes

    return make
