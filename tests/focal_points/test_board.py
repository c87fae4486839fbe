"""The board of all agencies, the own board, and the numbers under them."""

from datetime import date

import pytest
from django.urls import reverse

from focal_points import stats
from focal_points.models import DutyReport
from focal_points.workflow import MonthState, deadline, last_due_month, month_state, next_deadline
from institutions.models import Institution
from pug_portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_deadlines_fall_on_the_tenth_of_the_next_month():
    assert deadline(2026, 11) == date(2026, 12, 10)
    assert deadline(2026, 12) == date(2027, 1, 10)
    assert next_deadline(date(2026, 11, 23)) == date(2026, 12, 10)
    assert next_deadline(date(2026, 11, 10)) == date(2026, 11, 10)
    assert last_due_month(date(2026, 11, 10)) == date(2026, 9, 1)
    assert last_due_month(date(2026, 11, 11)) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("month", "stages", "state"),
    [
        (12, set(), MonthState.AHEAD),
        (11, set(), MonthState.OPEN),
        (10, set(), MonthState.LATE),
        (9, {"returned"}, MonthState.RETURNED),
        (9, {"returned", "submitted"}, MonthState.SUBMITTED),
        (9, {"submitted", "approved"}, MonthState.APPROVED),
    ],
)
def test_a_month_is_what_its_best_report_is(month, stages, state):
    assert month_state(2026, month, stages, date(2026, 11, 23)) == state


@pytest.fixture
def year(make_report, dinkes, disdik, focal, other_focal):
    """Dinkes: January approved twice, February sent; Disdik: a draft only."""
    for day in (5, 20):
        make_report(dinkes, focal, stage="approved", held_on=date(2025, 1, day), women=10, men=5)
    make_report(dinkes, focal, stage="submitted", held_on=date(2025, 2, 3), duty=2)
    make_report(disdik, other_focal, held_on=date(2025, 1, 5))
    return 2025


def test_the_board_has_a_word_in_every_cell(year, dinkes, disdik):
    rows = {row.agency: row for row in stats.board(year, date(2026, 11, 23))}
    assert [cell.words for cell in rows[dinkes].cells[:3]] == ["2 sah", "1 telaah", "telat"]
    assert rows[dinkes].reported == 2
    assert (rows[disdik].reported, rows[disdik].late) == (0, 12)


def test_the_board_takes_two_queries_whatever_the_size(
    year, make_report, dinkes, focal, django_assert_num_queries
):
    for number in range(100):
        make_report(dinkes, focal, stage="approved", held_on=date(2025, number % 12 + 1, 9))
    with django_assert_num_queries(2):
        stats.board(year, date(2026, 11, 23))


def test_numbers_of_an_agency_stand_beside_the_median(year, dinkes, disdik):
    found = {one.label: (one.own, one.middle) for one in stats.comparisons(dinkes, year)}
    assert found == {
        "bulan terlapor": (2, 1),
        "laporan disetujui": (2, 1),
        "peserta": (30, 15),
        "tugas tersentuh": (1, 0.5),
    }


def test_six_duties_stand_beside_their_minimum(year, dinkes):
    first, second, *_ = stats.duty_progress(stats.tallies(dinkes, year), [])
    assert (first.approved, first.missing, first.state[0]) == (2, 0, "Cukup")
    assert (second.approved, second.waiting, second.missing) == (0, 1, 1)


@pytest.mark.parametrize("role", ["secretary", "chair", "expert", "leader"])
def test_the_board_page_opens_for_the_city(request, as_, role, year, dinkes):
    page = as_(request.getfixturevalue(role)).get(reverse("focal_points:board") + "?tahun=2025")
    assert page.status_code == 200
    assert "2 sah" in page.content.decode()


def test_the_leader_gets_no_links_to_pages_that_are_not_hers(as_, leader, year, dinkes):
    page = as_(leader).get(reverse("focal_points:board") + "?tahun=2025").content.decode()
    assert reverse("focal_points:agency_reports", args=[dinkes.pk]) not in page


@pytest.mark.parametrize("text", ["abc", "1999", "20255", "-1", "２０２５"])
def test_a_strange_year_does_not_exist(as_, secretary, text):
    answer = as_(secretary).get(reverse("focal_points:board"), {"tahun": text})
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or text == "２０２５"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_board_is_downloaded_and_that_is_recorded(as_, secretary, year, form):
    url = reverse("focal_points:board_file", args=[form])
    answer = as_(secretary).get(f"{url}?tahun=2025")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'2025.{form}"')
    assert AuditEvent.objects.get(kind="board.exported").facts["year"] == 2025
    if form == "csv":
        assert "Dinas Kesehatan;Dinkes;2 sah;1 telaah;telat" in answer.content.decode()


def test_a_focal_point_opens_no_city_board(as_, focal, year):
    assert as_(focal).get(reverse("focal_points:board")).status_code == 403
    assert as_(focal).get(reverse("focal_points:board_file", args=["csv"])).status_code == 403


def test_the_head_sees_the_own_unit_with_zero_clicks(as_, head, year, make_appointment, dinkes):
    make_appointment(dinkes, name="Rini Astuti (fiktif)")
    page = as_(head).get(reverse("focal_points:own_board") + "?tahun=2025").content.decode()
    for words in ("Dinas Kesehatan", "median kota", "Rini Astuti (fiktif)", "Laporan Maret", "2 dari 12"):
        assert words in page
    assert "Dinas Pendidikan" not in page


def test_the_own_board_stays_cheap(as_, head, make_report, dinkes, focal, django_assert_max_num_queries):
    client = as_(head)
    client.get(reverse("focal_points:own_board"))  # the session is known from here on
    for count in (10, 90):
        for number in range(count):
            make_report(dinkes, focal, stage="returned", title=f"K{number}")
        with django_assert_max_num_queries(15):
            client.get(reverse("focal_points:own_board"))


@pytest.mark.parametrize(("name", "role"), [("reports", "focal"), ("agency_reports", "head")])
def test_own_lists_stay_cheap(
    request, as_, name, role, make_report, dinkes, focal, django_assert_max_num_queries
):
    client = as_(request.getfixturevalue(role))
    url = reverse(f"focal_points:{name}", args=[dinkes.pk] if role == "head" else [])
    client.get(url)  # the session is known from here on
    for count in (10, 90):
        for number in range(count):
            make_report(dinkes, focal, stage="submitted", title=f"K{number}")
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_named_sets_feed_the_homes(make_report, dinkes, disdik, focal, other_focal):
    returned = make_report(dinkes, focal, stage="returned")
    waiting = make_report(disdik, other_focal, stage="submitted", held_on=date(2026, 10, 5))
    assert list(DutyReport.objects.returned_to(focal)) == [returned]
    assert list(DutyReport.objects.returned_to(other_focal)) == []
    assert list(DutyReport.objects.awaiting_review()) == [waiting]
    late = DutyReport.objects.late_agencies(date(2026, 11, 23))
    assert dinkes in late and disdik not in late


def test_districts_can_be_looked_at_alone(as_, secretary, dinkes):
    Institution.objects.create(name="Kecamatan Peraga", kind=Institution.Kind.DISTRICT)
    page = as_(secretary).get(reverse("focal_points:board") + "?jenis=kecamatan").content.decode()
    assert "Kecamatan Peraga" in page and "Dinkes" not in page
