"""The demonstration of this room: invented, marked, and useful from the first minute."""

import random

import pytest

from focal_points import demo, stats
from focal_points.models import Appointment, DutyReport
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.models import Obligation, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(secretary, focal, dinkes):
    User.objects.update(is_demo=True)
    for number in range(12):
        Institution.objects.create(name=f"Dinas Peraga {number}", kind="dinas", abbreviation=f"DP{number}")
    people = {Role.SECRETARIAT: [secretary], Role.FOCAL_POINT: [focal]}
    return demo.fill(people, rng=random.Random(7), scale=1)


def test_everybody_is_marked_as_invented(filled):
    assert not Appointment.objects.exclude(name__contains="(fiktif)").exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_nobody_of_the_invented_can_sign_in(filled):
    assert not any(one.has_usable_password() for one in User.objects.filter(username__startswith="fp.peraga"))


def test_there_is_work_at_every_desk(filled, focal):
    assert DutyReport.objects.awaiting_review().exists()
    mine = DutyReport.objects.returned_to(focal)
    assert mine.exists()
    assert Obligation.objects.about(mine[0]).open().filter(kind="duty.repair").exists()


def test_every_report_lies_in_a_term_of_its_author(filled):
    for report in DutyReport.objects.select_related("author"):
        terms = Appointment.objects.filter(user=report.author, agency=report.agency)
        assert any(term.ends is None or report.held_on <= term.ends for term in terms)


def test_the_board_shows_gaps_and_work(filled):
    rows = stats.board(clock.today().year, clock.today())
    words = " ".join(cell.words for row in rows for cell in row.cells)
    assert "sah" in words and "telat" in words


def test_the_same_seed_tells_the_same_story(filled):
    assert filled["laporan tugas"] == DutyReport.objects.count() > 100
