import uuid
from datetime import date, datetime, time
from decimal import Decimal

import pytest
import time_machine
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.datastructures import MultiValueDict

from pug_portal.core import clock
from pug_portal.core.forms import (
    ChoiceWithMeta,
    IndonesianDateField,
    IndonesianDateTimeField,
    IndonesianDecimalField,
    IndonesianIntegerField,
    IndonesianTimeField,
    MetaAnswer,
    MoneyField,
    NameField,
    NIKField,
    PercentField,
    PhoneField,
    PortalForm,
    PortalModelForm,
    is_answered,
)
from pug_portal.core.models import Obligation, RoleAssignment


class CardForm(PortalForm):
    required_words = {"name": "Tulis nama atau inisial pelapor."}

    name = NameField(label="Nama pelapor")
    born = IndonesianDateField(label="Tanggal lahir", required=False, not_future=True)
    at = IndonesianTimeField(label="Jam", required=False)
    moment = IndonesianDateTimeField(label="Waktu kejadian", required=False)
    people = IndonesianIntegerField(label="Jumlah orang", required=False, min_value=1)
    weight = IndonesianDecimalField(label="Bobot", required=False, max_digits=8, decimal_places=2)
    share = PercentField(label="Bagian", required=False)
    cost = MoneyField(label="Biaya", required=False)
    phone = PhoneField(label="Telepon", required=False)
    nik = NIKField(label="NIK", required=False)
    sex = ChoiceWithMeta(
        label="Jenis kelamin", choices=[("P", "Perempuan"), ("L", "Laki-laki")], required=False
    )


FILLED = {
    "name": " Siti   Contoh ",
    "born": "17 Agustus 2012",
    "at": "14.30",
    "moment": "7 Agustus 2025, 14.30 WIB",
    "people": "1.234",
    "weight": "1.234,5",
    "share": "12,5%",
    "cost": "Rp1.500.000",
    "phone": "0812-3456-7890",
    "nik": "3374 0115 1212 0001",
    "sex": "declined",
}
MEANT = {
    "name": "Siti Contoh",
    "born": date(2012, 8, 17),
    "at": time(14, 30),
    "moment": datetime(2025, 8, 7, 14, 30, tzinfo=clock.WIB),
    "people": 1234,
    "weight": Decimal("1234.5"),
    "share": Decimal("12.5"),
    "cost": 1500000,
    "phone": "+6281234567890",
    "nik": "3374011512120001",
    "sex": MetaAnswer.DECLINED,
}


def test_a_form_answers_values_and_not_strings():
    form = CardForm(FILLED)
    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in MEANT} == MEANT


def test_an_edit_form_shows_every_value_in_a_spelling_that_is_read_back():
    shown = CardForm(initial=MEANT)
    again = {name: shown[name].value() for name in MEANT}
    assert again["born"] == "17 Agustus 2012"
    assert again["phone"] == "0812-3456-7890"
    assert again["people"] == "1.234"
    form = CardForm(again, initial=MEANT)
    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in MEANT} == MEANT
    assert form.changed_data == []


def test_no_box_is_left_to_the_browser_and_nothing_is_inline():
    html = render_crispy_form(CardForm(initial=MEANT))
    for forbidden in (
        'type="date"',
        'type="number"',
        "style=",
        "onclick",
        " required",
        "<form",
        "csrfmiddleware",
    ):
        assert forbidden not in html
    assert 'inputmode="numeric"' in html
    assert 'value="17 Agustus 2012"' in html


def test_what_was_typed_comes_back_as_typed_with_a_sentence():
    form = CardForm({**FILLED, "born": "12/13/2010", "phone": "0812", "nik": "12", "weight": "1.5"})
    assert not form.is_valid()
    assert form.errors["born"] == ["Bulan harus antara 1 dan 12. Tulis hari dulu, lalu bulan: 13/12/2010."]
    assert form.errors["phone"] == ["Nomor terlalu pendek. Contoh 0812 3456 7890."]
    assert form.errors["weight"] == ["Maksud Anda 1,5? Tulis koma untuk pecahan dan titik untuk ribuan."]
    html = render_crispy_form(form)
    assert 'value="12/13/2010"' in html
    assert 'aria-invalid="true"' in html


@time_machine.travel(datetime(2025, 8, 6, 18, 0, tzinfo=clock.WIB), tick=False)
def test_a_date_of_tomorrow_is_refused_where_the_future_is_impossible():
    assert CardForm({**FILLED, "born": "6/8/2025"}).is_valid()
    form = CardForm({**FILLED, "born": "7/8/2025"})
    assert form.errors["born"] == ["Tulis tanggal paling lambat 6 Agustus 2025."]


@time_machine.travel(datetime(2025, 8, 6, 18, 0, tzinfo=clock.WIB), tick=False)
def test_a_date_may_have_a_first_and_a_last_day():
    field = IndonesianDateField(not_past=True, latest=date(2025, 12, 31))
    assert field.clean("6 Agustus 2025") == date(2025, 8, 6)
    for typed in ("5 Agustus 2025", "1/1/2026"):
        with pytest.raises(forms.ValidationError, match="Tulis tanggal paling"):
            field.clean(typed)


def test_an_empty_field_says_what_to_do_in_its_own_words():
    class EmptyForm(PortalForm):
        required_words = {"name": "Tulis nama atau inisial pelapor."}
        name = forms.CharField(label="Nama")
        place = forms.CharField(label="Tempat kejadian")
        nik = NIKField(label="NIK")
        kind = forms.ChoiceField(label="Jenis layanan", choices=[("a", "A")])
        agree = forms.BooleanField(label="Saya setuju")
        ask = forms.ChoiceField(label="Aman dihubungi?", choices=[("a", "A")], widget=forms.RadioSelect)

    errors = {name: lines[0] for name, lines in EmptyForm({}).errors.items()}
    assert errors == {
        "name": "Tulis nama atau inisial pelapor.",
        "place": "Isi tempat kejadian.",
        "nik": "Isi NIK.",
        "kind": "Pilih jenis layanan.",
        "agree": "Centang “Saya setuju” untuk melanjutkan.",
        "ask": "Jawab “Aman dihubungi?”",
    }


def test_limits_are_said_in_plain_words():
    class LimitForm(PortalForm):
        mail = forms.EmailField(label="Surel")
        short = forms.CharField(label="Kode", max_length=3)
        count = IndonesianIntegerField(label="Jumlah", max_value=5)
        kind = forms.ChoiceField(label="Jenis", choices=[("a", "A")])

    errors = LimitForm({"mail": "x", "short": "abcd", "count": "6", "kind": "z"}).errors
    assert errors["mail"] == ["Tulis alamat surel lengkap, misalnya nama@contoh.id."]
    assert errors["short"] == ["Tulis paling banyak 3 huruf. Sekarang 4."]
    assert errors["count"] == ["Tulis angka paling besar 5."]
    assert errors["kind"] == ["Pilih salah satu dari daftar."]
    assert "valid" not in str(errors).replace("invalid", "")


def test_every_form_carries_a_key_that_survives_an_error():
    first, second = CardForm(), CardForm()
    assert first["idem"].value() != second["idem"].value()
    key = uuid.uuid4()
    form = CardForm({"idem": str(key)})
    assert not form.is_valid()
    assert f'value="{key}"' in render_crispy_form(form)
    assert CardForm({**FILLED, "idem": str(key)}).is_valid()


@pytest.mark.parametrize("damaged", ["", "not-a-key"])
def test_a_damaged_key_turns_nobody_away(damaged):
    form = CardForm({**FILLED, "idem": damaged})
    assert form.is_valid()
    assert isinstance(form.cleaned_data["idem"], uuid.UUID)


def test_a_layout_never_loses_the_hidden_fields():
    class LaidOutForm(CardForm):
        versioned = True

        def get_layout(self):
            return Layout("name")

    html = render_crispy_form(LaidOutForm(initial={"version": 7}))
    assert 'name="idem"' in html
    assert 'name="version" value="7"' in html
    assert 'name="cost"' not in html


def test_a_model_form_uses_our_fields_and_does_not_save():
    class TermForm(PortalModelForm):
        class Meta:
            model = RoleAssignment
            fields = ("starts", "decree_number")

    class DutyForm(PortalModelForm):
        class Meta:
            model = Obligation
            fields = ("due_at",)

    form = TermForm({"starts": "1 Agustus 2025", "decree_number": "1"})
    assert isinstance(form.fields["starts"], IndonesianDateField)
    assert isinstance(DutyForm().fields["due_at"], IndonesianDateTimeField)
    assert form.is_valid(), form.errors
    assert form.changes() == {"starts": date(2025, 8, 1), "decree_number": "1"}
    with pytest.raises(TypeError, match="does not save"):
        form.save()


def test_the_four_answers_that_are_not_an_answer_are_offered_and_kept_apart():
    values = [value for value, _ in CardForm().fields["sex"].choices]
    assert values == ["", "P", "L", "not_asked", "unknown", "declined", "not_applicable"]
    radios = ChoiceWithMeta(choices=[("P", "P")], meta=[MetaAnswer.UNKNOWN], widget=forms.RadioSelect)
    assert [value for value, _ in radios.choices] == ["P", "unknown"]
    assert is_answered("P")
    assert not any(is_answered(value) for value in ("", None, *MetaAnswer.values))


def test_a_moment_is_read_from_iso_and_from_prose():
    field = IndonesianDateTimeField()
    meant = datetime(2025, 8, 7, 14, 30, tzinfo=clock.WIB)
    for typed in (
        "7/8/2025 14:30",
        "Kamis, 7 Agustus 2025 pukul 14.30",
        "2025-08-07T14:30",
        "2025-08-07 14:30:00",
    ):
        assert field.clean(typed) == meant
    with pytest.raises(forms.ValidationError, match="Tulis tanggal dan jam"):
        field.clean("besok")


def test_a_form_reads_what_a_browser_sends():
    assert CardForm(MultiValueDict({name: [text] for name, text in FILLED.items()})).is_valid()
