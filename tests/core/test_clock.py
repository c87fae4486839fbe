from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pug_portal.core import clock
from pug_portal.core.clock import WIB, AgeBand

ANY_DATE = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/6/2010", date(2010, 6, 5)),
        ("05-06-2010", date(2010, 6, 5)),
        ("5 6 2010", date(2010, 6, 5)),
        ("17 Agustus 1945", date(1945, 8, 17)),
        ("17 August 1945", date(1945, 8, 17)),
        ("17agustus1945", date(1945, 8, 17)),
        ("17-Agu-1945", date(1945, 8, 17)),
        ("25.10.2009", date(2009, 10, 25)),
        ("25102009", date(2009, 10, 25)),
        ("2025-08-07", date(2025, 8, 7)),
        (" 7  Agu  2025 ", date(2025, 8, 7)),
        ("Kamis, 7 Agustus 2025", date(2025, 8, 7)),
        ("29 Februari 2024", date(2024, 2, 29)),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed, meant):
    assert clock.parse_date(typed) == meant


@pytest.mark.parametrize(
    ("short", "month"),
    [("Jan", 1), ("Feb", 2), ("Mar", 3), ("Apr", 4), ("Mei", 5), ("Jun", 6), ("Jul", 7), ("Agu", 8)]
    + [("Ags", 8), ("Agt", 8), ("Sep", 9), ("Okt", 10), ("Nov", 11), ("Des", 12)],
)
def test_short_month_names_are_understood(short, month):
    assert clock.parse_date(f"3 {short} 2020") == date(2020, month, 3)
    assert clock.parse_date(f"3 {short.upper()}. 2020") == date(2020, month, 3)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12/13/2010", "Bulan harus antara 1 dan 12. Tulis hari dulu, lalu bulan: 13/12/2010."),
        ("5/13/2010", "Bulan harus antara 1 dan 12"),
        ("40/40/2010", "Bulan harus antara 1 dan 12."),
        ("01-01-60", "Tulis tahun dengan empat angka"),
        ("1 Januari 60", "Tulis tahun dengan empat angka"),
        ("31/2/2010", "Februari 2010 hanya punya tanggal 1 sampai 28"),
        ("0/2/2010", "tanggal 1 sampai 28"),
        ("Agustus 2010", "Tambahkan tanggalnya"),
        ("3 Foo 2010", "Nama bulan “foo” tidak dikenal"),
        ("20100605", "Tahun harus antara 1900 dan 2099"),
        ("", "Tulis hari, bulan, dan tahun"),
        ("besok", "Tulis hari, bulan, dan tahun"),
        ("٥/٦/2010", "Tulis hari, bulan, dan tahun"),
        ("Jumat, 7 Agustus 2025", "Tanggal itu hari Kamis, bukan Jumat"),
        ("1" * 5000, "Tulis hari, bulan, dan tahun"),
    ],
)
def test_a_doubtful_date_is_refused_with_what_to_do(typed, words):
    with pytest.raises(ValueError, match=".") as refusal:
        clock.parse_date(typed)
    assert words in str(refusal.value)
    assert "valid" not in str(refusal.value)


@given(ANY_DATE)
def test_every_form_we_print_is_read_back(day):
    for shown in (
        clock.format_date(day),
        clock.format_date(day, short=True),
        clock.format_day(day),
        day.isoformat(),
    ):
        assert clock.parse_date(shown) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_sentence(text):
    try:
        assert isinstance(clock.parse_date(text), date)
    except ValueError as refusal:
        assert str(refusal).endswith(".")


@pytest.mark.parametrize("typed", ["14:30", "14.30", "1430", "pukul 14.30 WIB", "14:30:00", "jam 14 : 30"])
def test_a_time_is_understood_in_three_spellings(typed):
    assert clock.parse_time(typed) == time(14, 30)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("25.00", "Jam harus antara 0 dan 23"),
        ("14.75", "Menit harus"),
        ("14", "jam dan menit"),
        ("siang", "jam 24"),
    ],
)
def test_a_doubtful_time_is_refused_with_what_to_do(typed, words):
    with pytest.raises(ValueError, match=".") as refusal:
        clock.parse_time(typed)
    assert words in str(refusal.value)


def test_dates_and_times_are_written_for_prose_tables_and_appointments():
    moment = datetime(2025, 8, 7, 7, 32, tzinfo=UTC)
    assert clock.format_date(moment) == "7 Agustus 2025"
    assert clock.format_date(date(2025, 8, 7), short=True) == "7 Agu 2025"
    assert clock.format_day(moment) == "Kamis, 7 Agustus 2025"
    assert clock.format_time(moment) == "14.32 WIB"
    assert clock.format_datetime(moment) == "7 Agustus 2025, 14.32 WIB"
    assert clock.format_date(None) == clock.format_day(None) == clock.format_time(None) == ""


def test_the_office_day_begins_at_midnight_in_jakarta():
    late = datetime(2025, 8, 6, 18, 0, tzinfo=UTC)
    assert clock.today(late) == date(2025, 8, 7)
    assert clock.format_date(late) == "7 Agustus 2025"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=5), "baru saja"),
        (timedelta(minutes=4), "4 menit lalu"),
        (timedelta(hours=3), "3 jam lalu"),
        (timedelta(hours=25), "kemarin"),
        (timedelta(days=12), "12 hari lalu"),
        (timedelta(days=70), "2 bulan lalu"),
        (timedelta(days=800), "2 tahun lalu"),
        (timedelta(hours=-3), "3 jam lagi"),
        (timedelta(days=-1), "besok"),
        (timedelta(days=-4), "4 hari lagi"),
    ],
)
def test_relative_time_is_a_plain_phrase(gap, words):
    now = datetime(2025, 8, 7, 14, 0, tzinfo=WIB)
    assert clock.relative(now - gap, now) == words


def test_relative_days_count_calendar_days():
    now = datetime(2025, 8, 7, 0, 30, tzinfo=WIB)
    assert clock.relative(date(2025, 8, 7), now) == "hari ini"
    assert clock.relative(date(2025, 8, 6), now) == "kemarin"


def test_age_counts_completed_years():
    assert clock.age(date(2012, 8, 17), date(2025, 8, 16)) == 12
    assert clock.age(date(2012, 8, 17), date(2025, 8, 17)) == 13
    assert clock.age(date(2012, 2, 29), date(2025, 2, 28)) == 12
    assert clock.age_words(date(2012, 8, 17), date(2025, 12, 20)) == "13 tahun 4 bulan (anak)"
    assert clock.age_words(date(2025, 8, 17), date(2025, 8, 20)) == "0 bulan (anak)"
    assert clock.age_words(date(1990, 8, 17), date(2025, 8, 17)) == "35 tahun (dewasa)"
    with pytest.raises(ValueError, match="Tanggal lahir"):
        clock.age(date(2030, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (0, "0-5"),
        (5, "0-5"),
        (6, "6-12"),
        (12, "6-12"),
        (13, "13-17"),
        (17, "13-17"),
        (18, "18-24"),
        (24, "18-24"),
    ]
    + [
        (25, "25-44"),
        (44, "25-44"),
        (45, "45-59"),
        (59, "45-59"),
        (60, "60+"),
        (101, "60+"),
        (None, "unknown"),
    ],
)
def test_age_groups_are_those_of_the_national_statistics(years, band):
    assert clock.band_for_age(years) == band


def test_an_unknown_or_future_birth_has_no_age_group():
    assert clock.band_for_birth(None, date(2025, 1, 1)) is AgeBand.UNKNOWN
    assert clock.band_for_birth(date(2026, 1, 1), date(2025, 1, 1)) is AgeBand.UNKNOWN
    assert clock.band_for_birth(date(2008, 1, 2), date(2026, 1, 1)) is AgeBand.TEEN
    assert clock.is_child(date(2008, 1, 2), date(2026, 1, 1))


def test_legal_hours_run_through_the_weekend():
    friday = datetime(2025, 8, 8, 15, 0, tzinfo=WIB)
    assert clock.due_after(friday, 72) == datetime(2025, 8, 11, 15, 0, tzinfo=WIB)


def test_office_hours_stop_at_night_weekends_and_holidays():
    friday = datetime(2025, 8, 8, 15, 0, tzinfo=WIB)
    assert clock.add_working_hours(friday, 2) == datetime(2025, 8, 11, 9, 0, tzinfo=WIB)
    assert clock.add_working_hours(friday, 2, holidays={date(2025, 8, 11)}) == datetime(
        2025, 8, 12, 9, 0, tzinfo=WIB
    )
    night = datetime(2025, 8, 7, 2, 0, tzinfo=WIB)
    assert clock.add_working_hours(night, 1) == datetime(2025, 8, 7, 9, 0, tzinfo=WIB)
    assert clock.add_working_hours(friday, 1) == datetime(2025, 8, 8, 16, 0, tzinfo=WIB)
    assert clock.add_working_days(date(2025, 8, 8), 1) == date(2025, 8, 11)
    assert clock.is_working_time(friday)
    assert not clock.is_working_time(datetime(2025, 8, 9, 10, 0, tzinfo=WIB))
    with pytest.raises(ValueError, match="jam kerja"):
        clock.add_working_hours(friday, 1, week={})


def test_periods_begin_at_midnight_in_jakarta():
    august = clock.month(2025, 8)
    assert (august.first, august.last, august.label) == (date(2025, 8, 1), date(2025, 8, 31), "Agustus 2025")
    assert august.starts == datetime(2025, 7, 31, 17, 0, tzinfo=UTC)
    assert august.ends == clock.month(2025, 9).starts
    assert clock.quarter_of(date(2025, 12, 31)).label == "Triwulan IV 2025"
    assert clock.quarter(2025, 1).last == date(2025, 3, 31)
    assert clock.semester_of(date(2025, 7, 1)).label == "Semester II 2025"
    assert clock.semester(2025, 1).previous().label == "Semester II 2024"
    assert clock.month(2025, 12).next().label == "Januari 2026"
    assert clock.year(2025).last == date(2025, 12, 31)


@given(ANY_DATE)
def test_each_day_lies_in_exactly_its_own_period(day):
    for period in (clock.month_of(day), clock.quarter_of(day), clock.semester_of(day), clock.year(day.year)):
        assert day in period
        assert day not in period.next()
        assert day not in period.previous() if period.first.year > 1900 else True
