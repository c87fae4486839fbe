from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pug_portal.core import wording

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.56, None, "1.234,56"),
        (1234, None, "1.234"),
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("1234.5"), 2, "1.234,50"),
        (0, None, "0"),
        (-1234567, None, "-1.234.567"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("2.345"), 2, "2,35"),
        (None, None, ""),
    ],
)
def test_numbers_are_written_with_dots_and_a_comma(value, places, shown):
    assert wording.format_number(value, places) == shown


def test_money_and_percent_are_written_without_a_space():
    assert wording.format_money(1234567) == "Rp1.234.567"
    assert wording.format_money(Decimal("1234567.5")) == "Rp1.234.568"
    assert wording.format_money(-500) == "-Rp500"
    assert wording.format_percent(12.5) == "12,5%"
    assert wording.format_percent(12) == "12%"
    assert wording.format_percent(Decimal("33.333")) == "33,3%"
    assert wording.format_money(None) == wording.format_percent(None) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234", 1234),
        ("1234", 1234),
        ("1.234,56", "1234.56"),
        ("1 234 567", 1234567),
        ("12,5", "12.5"),
        ("-3", -3),
    ],
)
def test_numbers_are_read_with_dots_as_thousands(typed, meant):
    assert wording.parse_decimal(typed) == Decimal(str(meant))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12.5", "Maksud Anda 12,5?"),
        ("1234.56", "Maksud Anda 1.234,56?"),
        ("1,234.56", "Maksud Anda 1.234,56?"),
        ("1,234", "Maksud Anda 1.234 atau 1,234 (pecahan)?"),
        ("1,234,567", "Maksud Anda 1.234.567?"),
        ("1,2345", "paling banyak 2 angka di belakang koma"),
        ("dua", "Tulis dengan angka, misalnya"),
        ("", "Tulis dengan angka"),
        ("1..2", "Tulis dengan angka"),
        ("9" * 30, "terlalu panjang"),
    ],
)
def test_an_ambiguous_number_is_asked_back(typed, words):
    with pytest.raises(ValueError, match=".") as refusal:
        wording.parse_decimal(typed)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12.5", "Maksud Anda 12?"),
        ("12,5", "angka bulat tanpa koma, misalnya 12"),
        ("1,234", "Maksud Anda 1.234?"),
    ],
)
def test_a_whole_number_is_asked_for(typed, words):
    with pytest.raises(ValueError, match=".") as refusal:
        wording.parse_integer(typed)
    assert words in str(refusal.value)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_number_we_print_is_read_back(value):
    assert wording.parse_decimal(wording.format_number(value)) == value
    assert wording.parse_decimal(wording.format_number(value, 2)) == value


@given(st.integers(-(10**12), 10**12))
def test_every_amount_we_print_is_read_back(value):
    assert wording.parse_money(wording.format_money(value)) == value
    assert wording.parse_integer(wording.format_number(value)) == value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Rp1.234.567", 1234567),
        ("rp 1.500.000,00", 1500000),
        ("Rp. 1.500.000,-", 1500000),
        ("1500000", 1500000),
        ("1,5 juta", 1500000),
        ("2 miliar", 2000000000),
        ("250 ribu", 250000),
        ("1.250 jt", 1250000000),
    ],
)
def test_money_is_read_as_people_write_it(typed, meant):
    assert wording.parse_money(typed) == meant


def test_percent_is_read_with_or_without_its_sign():
    assert wording.parse_percent("12,5%") == wording.parse_percent("12,5 ") == Decimal("12.5")


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "62 812-3456-7890",
        "81234567890",
        "006281234567890",
    ]
    + ["+62 (0)812 3456 7890", "0812.3456.7890"],
)
def test_a_mobile_number_is_understood_in_every_spelling(typed):
    assert wording.parse_phone(typed) == "+6281234567890"


def test_the_country_code_without_plus_is_not_doubled():
    assert wording.parse_phone("62812345678") == "+62812345678"


def test_landlines_keep_their_area_code():
    assert wording.parse_phone("(024) 3543222") == "+62243543222"
    assert wording.format_phone("+62243543222") == "(024) 3543222"


def test_numbers_are_shown_nationally():
    assert wording.format_phone("+6281234567890") == "0812-3456-7890"
    assert wording.format_phone("+31612345678").startswith("+31")
    assert wording.format_phone("112") == "112"
    assert wording.format_phone("") == wording.format_phone(None) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0812", "Nomor terlalu pendek. Contoh 0812 3456 7890."),
        ("0812345678901234567", "Nomor terlalu panjang"),
        ("3543222", "Tambahkan kode daerah"),
        ("telepon saja", "Tulis nomor telepon dengan angka"),
        ("112", "Nomor terlalu pendek"),
        ("", "Tulis nomor telepon"),
    ],
)
def test_an_impossible_number_is_refused_with_an_example(typed, words):
    with pytest.raises(ValueError, match=".") as refusal:
        wording.parse_phone(typed)
    assert words in str(refusal.value)


def test_service_numbers_pass_where_they_are_allowed():
    assert wording.parse_phone("129", short_codes=True) == "129"


def test_spaces_and_dots_in_a_nik_are_ignored():
    assert wording.normalise_nik("3374 0115.1212-0001") == "3374011512120001"


@pytest.mark.parametrize(
    ("typed", "words"), [("337401", "Sekarang ada 6 angka"), ("33740115121200O1", "hanya berisi")]
)
def test_a_nik_that_is_not_sixteen_digits_says_what_to_do(typed, words):
    with pytest.raises(ValueError, match="Tulis 16 angka NIK") as refusal:
        wording.normalise_nik(typed)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("digits", "birth", "sex", "sure"),
    [
        ("3374011512120001", date(2012, 12, 15), "L", True),
        ("3374015512120001", date(2012, 12, 15), "P", True),
        ("3374010101600001", date(1960, 1, 1), "L", True),
        ("3374014101220001", date(2022, 1, 1), "P", False),
        ("9671011708850001", date(1985, 8, 17), "L", True),
        ("3374013102120001", None, "L", False),
        ("0000000000000000", None, "L", False),
    ],
)
def test_a_nik_tells_birth_and_sex_whatever_its_region(digits, birth, sex, sure):
    facts = wording.read_nik(digits, on=TODAY)
    assert (facts.region, facts.birth, facts.sex, facts.century_sure) == (digits[:6], birth, sex, sure)


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from("LP"))
def test_a_nik_never_tells_a_birth_in_the_future(birth, sex):
    day = birth.day + (40 if sex == "P" else 0)
    facts = wording.read_nik(f"337401{day:02d}{birth:%m%y}0001", on=TODAY)
    assert facts.sex == sex
    assert facts.birth is not None
    assert facts.birth <= TODAY
    assert (facts.birth.day, facts.birth.month, facts.birth.year % 100) == (
        birth.day,
        birth.month,
        birth.year % 100,
    )
    assert facts.birth == birth or not facts.century_sure


def test_a_masked_nik_hides_the_birth_date():
    assert wording.mask_nik("3374011512120001") == "3374••••••••0001"
    assert wording.mask_nik("") == ""
    assert wording.mask_nik("123") == "•••"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soekarno", "Sukarno"),
        ("Djoko Tjahjono", "Joko Cahyono"),
        ("Sjamsul", "Syamsul"),
        ("Achmad", "Ahmad"),
        ("Sri", "Srie"),
        ("Moh. Ali", "Muhammad Ali"),
        ("Muh Ali", "M. Ali"),
        ("Mochammad Ali", "Mohamad  ALI"),
        ("Novi", "Nofi"),
        ("Taufiq", "Taufik"),
        ("Annisa", "Anisa"),
        ("Fatimah", "Fatima"),
        ("Jogja", "Yogya"),
        ("Hj. Siti Aminah, S.Pd., M.Si", "Siti Aminah"),
        ("Nur'aini", "Nuraini"),
        ("Chairul", "Khairul"),
        ("José", "Jose"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert wording.name_key(one) == wording.name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Siti", "Sita"), ("Ali", "Adi"), ("Dewi", "Devi Ayu"), ("Budi", "Bagus")]
)
def test_different_names_keep_different_keys(one, other):
    assert wording.name_key(one) != wording.name_key(other)


def test_a_single_word_name_and_no_name_have_a_key():
    assert wording.name_key("Suharto") == "suharto"
    assert wording.name_key("H") == "h"
    assert wording.name_key(" . ") == ""
    assert wording.name_key("Siti, Aminah") == "siti amina"


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself_a_key(text):
    assert wording.name_key(text) == wording.name_key(text.upper()) or not text.isascii()
