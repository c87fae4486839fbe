"""What everybody sees: agenda, month, page, calendar files."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from activities import agenda
from activities.actions import publication, speakers
from activities.models import Activity
from institutions.models import LegalBasis
from pug_portal.core.clock import WIB, month
from tests.activities.conftest import moved
from tests.activities.test_access import _many

URL = "activities:calendar"


def page(client, name=URL, *args, **params) -> str:
    answer = client.get(reverse(name, args=args), params)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_agenda_shows_what_is_coming_and_announced(client, announced, draft, focal, values):
    text = page(client)
    assert announced.title in text
    assert reverse("activities:activity", args=[announced.slug]) in text


def test_drafts_and_approved_proposals_are_nobodys_business(client, approved):
    assert approved.title not in page(client)
    assert client.get(reverse("activities:activity", args=[approved.slug])).status_code == 404
    assert client.get(reverse("activities:activity_file", args=[approved.slug])).status_code == 404


def test_past_activities_are_one_choice_away(client, over):
    agenda_only = page(client, bulan="2020-01")
    assert over.title not in agenda_only
    assert over.title in page(client, waktu="lalu", bulan="2020-01")


def test_the_kind_narrows_agenda_and_month(client, announced):
    assert announced.title not in page(client, jenis="lomba")
    assert announced.title in page(client, jenis="sosialisasi")


@pytest.mark.parametrize("asked", ["2026-13", "abc", "", "9999-01", "2026", "-1-1"])
def test_a_month_that_is_none_shows_this_month(client, db, asked):
    assert agenda.month_of(timezone.localdate()).label in page(client, bulan=asked)


def test_the_page_shows_the_six_headings_and_checked_laws_only(client, announced, secretary):
    good = LegalBasis.objects.create(
        level="perda", number="11", year=2021, title="Pengarusutamaan Gender", status="berlaku"
    )
    bad = LegalBasis.objects.create(level="uu", number="9", year=2000, title="Belum dicek")
    announced.legal_bases.set([good, bad])
    Activity.objects.update(innovation="Kartu tanya jawab", results="Kader terlatih")
    text = page(client, "activities:activity", announced.slug)
    for heading in (
        "Program dan kegiatan",
        "Maksud dan tujuan",
        "Hasil kegiatan",
        "Sasaran kegiatan",
        "Hasil inovasi",
        "Dasar hukum",
    ):
        assert heading in text
    assert "Nomor 11 Tahun 2021" in text and "Belum dicek" not in text


def test_no_person_of_the_list_is_ever_public(client, sari):
    for name, args in (
        ("activities:activity", [sari.activity.slug]),
        (URL, []),
        ("activities:feed", []),
        ("activities:activity_file", [sari.activity.slug]),
    ):
        text = page(client, name, *args)
        assert "Sari Peraga" not in text and sari.code not in text and "812345" not in text


def test_a_speaker_who_wants_no_publicity_is_not_named(client, announced, focal):
    speakers.add_speaker(announced, name="Ratna Tampil (fiktif)", sex="P", by=focal)
    speakers.add_speaker(announced, name="Galih Samar (fiktif)", sex="L", is_shown=False, by=focal)
    text = page(client, "activities:activity", announced.slug)
    assert "Ratna Tampil" in text and "Galih Samar" not in text


def test_the_result_is_public_when_it_is_published(client, secretary, reported):
    assert "2 orang hadir" not in page(client, "activities:activity", reported.slug)
    publication.conclude(reported, by=secretary)
    text = page(client, "activities:activity", reported.slug)
    assert "2 orang hadir" in text and "Diikuti kader." in text


def test_a_withdrawn_activity_says_so_and_nothing_else(client, secretary, announced):
    publication.withdraw(announced, reason="Rahasia dapur", by=secretary)
    answer = client.get(reverse("activities:activity", args=[announced.slug]))
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "tidak lagi diumumkan" in text
    assert "Rahasia dapur" not in text and announced.title not in text


def test_the_calendar_costs_the_same_with_10_and_100_rows(client, announced):
    counts = []
    for more in (9, 90):
        source = Activity.objects.latest("starts_at")
        _many(source, more)
        with CaptureQueriesContext(connection) as ran:
            page(client)
        counts.append(len(ran))
    # A list that does not end on its first page is counted, once.
    assert counts[0] + 1 == counts[1] <= 15


# The month


def test_a_month_begins_on_monday_and_holds_activities_of_several_days(announced):
    start = datetime(2026, 11, 30, 9, tzinfo=WIB)
    Activity.objects.update(starts_at=start, ends_at=start + timedelta(days=2))
    announced.refresh_from_db()
    weeks = agenda.weeks(month(2026, 12), [announced], date(2026, 12, 1))
    assert weeks[0][0].date == date(2026, 11, 30)
    filled = [day.date.day for week in weeks for day in week if day.activities]
    assert filled == [30, 1, 2]
    assert weeks[0][1].is_today and not weeks[0][0].in_month


# Calendar files


def test_the_feed_names_the_time_zone_and_the_wall_clock_time(client, announced):
    start = datetime(2026, 12, 7, 8, 30, tzinfo=WIB)
    moved(announced)
    Activity.objects.update(starts_at=start, ends_at=start + timedelta(hours=3))
    answer = client.get(reverse("activities:feed"))
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Jakarta"]
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == announced.title
    assert event.decoded("DTSTART").isoformat() == "2026-12-07T08:30:00+07:00"
    assert event["DTSTART"].params["TZID"] == "Asia/Jakarta"
    assert event["UID"].startswith(str(announced.pk))


def test_commas_semicolons_and_line_ends_survive_the_feed(client, announced):
    title = "Rapat; koordinasi, PUG\\akhir"
    Activity.objects.update(title=title, place="Balai Kota; lantai 2, timur")
    content = client.get(reverse("activities:activity_file", args=[announced.slug])).content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["SUMMARY"] == title
    assert event["LOCATION"] == "Balai Kota; lantai 2, timur"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_an_empty_feed_is_still_a_calendar(client, db):
    assert Calendar.from_ical(client.get(reverse("activities:feed")).content)["VERSION"] == "2.0"
