"""Code lists are data: complete, stable, ended and never deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pug_portal.core.clock import AgeBand
from seruni_cases import reference
from seruni_cases.actions.packet import FIELDS
from seruni_cases.forms.fields import PlaceField, read_age
from seruni_cases.models import Code, Codebook, DataKind
from seruni_cases.workflow import EARLY_CLOSURE


def test_every_list_has_rows_and_loading_again_adds_nothing(codes):
    assert set(Code.objects.values_list("list", flat=True)) == set(Code.List.values)
    assert not any(reference.load().values())


def test_a_row_the_office_changed_stays(codes):
    Code.objects.filter(list="kanal", code="WA").update(label="WhatsApp kantor")
    reference.load()
    assert Codebook().label("kanal", "WA") == "WhatsApp kantor"


def test_an_ended_row_is_not_offered_and_keeps_its_words(codes):
    yesterday = timezone.localdate() - timedelta(days=1)
    Code.objects.filter(list="kanal", code="LIBAS").update(valid_until=yesterday)
    book = Codebook()
    assert "LIBAS" not in dict(book.choices("kanal"))
    assert book.label("kanal", "LIBAS").startswith("Aplikasi")


def test_meta_answers_have_words_and_emptiness_has_none(codes):
    book = Codebook()
    assert book.label("pendidikan", "declined") == "Tidak ingin menjawab"
    assert book.label("pendidikan", "") == ""


def test_every_service_names_its_national_group_function_and_family(codes):
    families = set(Code.objects.of("keluarga").values_list("code", flat=True))
    for code in Code.objects.of("layanan"):
        assert code.national and code.function in {"F1", "F2", "F3", "F4", "F5", "F6"}
        assert code.group in families


def test_early_closure_and_packet_fields_name_existing_codes(codes):
    assert set(Code.objects.of("penutupan").values_list("code", flat=True)) >= EARLY_CLOSURE
    assert {kind for _, kind in FIELDS.values() if kind} <= set(DataKind.values)


@given(st.integers(min_value=0, max_value=120))
def test_an_age_falls_into_its_band_and_reads_back(years):
    age = read_age(f"kira-kira {years} tahun")
    assert age.estimated and age.band in AgeBand.values
    assert read_age(age.words()) == age


@given(st.text(max_size=40))
def test_any_text_is_an_age_or_a_sentence(text):
    try:
        assert read_age(text).band in AgeBand.values
    except ValueError as refusal:
        assert str(refusal)


@pytest.mark.parametrize("typed", ["Jomblang — Candisari", "jomblang", " JOMBLANG  "])
def test_a_kelurahan_is_understood_and_its_kecamatan_follows(candisari, typed):
    place = PlaceField().clean(typed)
    assert (place.kelurahan, place.kecamatan.name) == (candisari, "Candisari")


def test_a_whole_kecamatan_and_outside_are_places_too(candisari):
    assert PlaceField().clean("Kecamatan Candisari").kelurahan is None
    assert PlaceField().clean("candisari").kecamatan == candisari.parent
    assert PlaceField().clean("luar kota semarang").outside == "LUAR"
    assert PlaceField(required=False).clean("").kecamatan is None
