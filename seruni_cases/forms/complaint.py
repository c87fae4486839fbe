"""Forms of the desk: search, first card, completing, triage, calling back."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.answers import MetaAnswer, with_meta
from pug_portal.core.forms import IndonesianDateTimeField, NameField, PhoneField, PortalForm
from seruni_cases.forms.base import (
    CONTACT_LISTS,
    ListedForm,
    SafeContactFields,
    select,
    story,
    ticks,
    yes_no,
)
from seruni_cases.forms.fields import AgeField, Place, PlaceField, place_words
from seruni_cases.models import Code, ContactAttempt
from seruni_cases.models.complaint import Safe, Sign
from seruni_cases.models.fields import SEXES
from seruni_cases.workflow import Outcome, Risk


class SearchForm(PortalForm):
    q = forms.CharField(
        label="Nama, telepon, NIK, atau kode",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            # Whoever comes here types at once; after a search the next step has the focus.
            self.fields["q"].widget.attrs["autofocus"] = True


def now():
    return timezone.localtime().replace(second=0, microsecond=0)


class CardForm(SafeContactFields, ListedForm):
    """Kartu awal: five questions must be answered, everything else may wait.

    Required: safe to talk, danger now, who calls, urgent need, what was said.
    """

    lists = {
        "channel": Code.List.CHANNEL,
        "reporter": Code.List.REPORTER,
        "urgent_needs": Code.List.NEED,
        **CONTACT_LISTS,
    }
    required_words = {
        "safe_to_talk": "Tanyakan dahulu: aman untuk bicara sekarang?",
        "danger_now": "Jawab apakah ada bahaya sekarang.",
        "reporter": "Pilih siapa yang menghubungi.",
        "urgent_needs": "Pilih kebutuhan mendesak. “Belum tahu” juga jawaban.",
        "summary": "Tulis apa yang disampaikan, satu kalimat pun cukup.",
    }
    field_order = (
        "safe_to_talk",
        "danger_now",
        "danger_signs",
        "reporter",
        "urgent_needs",
        "summary",
        "called",
        "age",
        "sex",
        "place",
        "contact_allowed",
        "contact_way",
        "contact_phone",
        "contact_starts",
        "contact_ends",
        "contact_speak_as",
        "channel",
        "received_at",
    )
    answer_fields = (
        "safe_to_talk",
        "danger_now",
        "danger_signs",
        "channel",
        "received_at",
        "reporter",
        "called",
        "sex",
        "urgent_needs",
        "summary",
    )

    safe_to_talk = forms.ChoiceField(
        label="Aman bicara sekarang?",
        choices=with_meta(Safe.choices, (MetaAnswer.NOT_ASKED,)),
        widget=forms.RadioSelect,
    )
    danger_now = yes_no("Ada bahaya sekarang?", required=True, meta=(MetaAnswer.UNKNOWN,))
    danger_signs = forms.MultipleChoiceField(
        label="Tanda bahaya",
        required=False,
        choices=Sign.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reporter = select("Siapa yang menghubungi?", required=True)
    called = NameField(label="Nama panggilan", required=False, help_text="Boleh samaran. Bukan nama lengkap.")
    age = AgeField()
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        required=False,
        choices=with_meta(SEXES[:2], (MetaAnswer.UNKNOWN,)),
        widget=forms.RadioSelect,
    )
    place = PlaceField()
    urgent_needs = ticks("Kebutuhan mendesak", required=True)
    summary = story("Apa yang disampaikan?", required=True, max_length=1500, rows=4)
    channel = select("Kanal", required=True, initial="TELEPON")
    received_at = IndonesianDateTimeField(
        label="Waktu terima",
        initial=now,
        help_text="Untuk entri susulan, tulis waktu aduan diterima.",
    )

    def clean_received_at(self):
        at = self.cleaned_data["received_at"]
        if at > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError("Waktu terima tidak boleh di masa depan.")
        return at

    def answers(self) -> dict:
        """Return fields of Complaint."""
        found = {name: self.cleaned_data[name] for name in self.answer_fields}
        found["called"] = found["called"] or None
        place, age = self.cleaned_data["place"], self.cleaned_data["age"]
        return {**found, **place_facts(place), **age_facts(age)}


def place_facts(place: Place) -> dict:
    return {"kelurahan": place.region, "outside": place.outside}


def age_facts(age) -> dict:
    if age is None:
        return {"birth_year": None, "age_band": "unknown", "age_estimated": False}
    return {"birth_year": age.birth_year, "age_band": age.band, "age_estimated": age.estimated}


class CompleteForm(SafeContactFields, ListedForm):
    """What the first card left open."""

    versioned = True
    lists = {"violence": Code.List.VIOLENCE, **CONTACT_LISTS}
    field_order = ("summary", "place", "violence", "survivor_knows", "reporter_name", "reporter_phone")

    reporter_name = NameField(label="Nama pelapor", required=False)
    reporter_phone = PhoneField(label="Telepon pelapor", required=False)
    survivor_knows = yes_no(
        "Ia tahu bahwa ini dilaporkan?",
        help_text="Bila tidak, jangan pernah menyebut ada laporan kepada orang lain.",
    )
    place = PlaceField()
    violence = ticks("Dugaan bentuk kekerasan")
    summary = story("Apa yang disampaikan?", required=True, max_length=5000)

    @staticmethod
    def starting(complaint) -> dict:
        return {
            "reporter_name": complaint.reporter_name,
            "reporter_phone": complaint.reporter_phone,
            "survivor_knows": complaint.survivor_knows,
            "place": place_words(complaint.kelurahan, complaint.outside),
            "violence": complaint.violence,
            "summary": complaint.summary,
            "version": complaint.version,
        }

    def changes(self) -> dict:
        names = ("reporter_name", "reporter_phone", "survivor_knows", "violence", "summary")
        found = {name: self.cleaned_data[name] for name in names}
        found["reporter_name"] = found["reporter_name"] or None
        found["reporter_phone"] = found["reporter_phone"] or None
        return {**found, **place_facts(self.cleaned_data["place"])}


class TriageForm(ListedForm):
    versioned = True
    lists = {"authority": Code.List.AUTHORITY}

    outcome = forms.ChoiceField(
        label="Menjadi apa aduan ini?", choices=Outcome.choices, widget=forms.RadioSelect
    )
    risk = forms.ChoiceField(label="Risiko awal", choices=Risk.choices, widget=forms.RadioSelect)
    authority = select("Kewenangan", initial="KOTA")
    reason = story("Alasan", required=True, rows=3, max_length=2000)
    handed_to = forms.ModelChoiceField(
        Institution.objects.valid(),
        label="Dilimpahkan ke",
        required=False,
        empty_label="Pilih…",
        help_text="Isi bila aduan dilimpahkan.",
    )
    merge_code = forms.CharField(
        label="Kode kasus tujuan",
        required=False,
        max_length=20,
        help_text="Isi bila digabung. Contoh: SRN-26-7KQ4F-C",
    )

    def clean(self):
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome == Outcome.HANDED_OVER and not cleaned.get("handed_to"):
            self.add_error("handed_to", "Pilih lembaga yang menerima pelimpahan.")
        if outcome == Outcome.MERGED and not cleaned.get("merge_code"):
            self.add_error("merge_code", "Tulis kode kasus tujuan.")
        return cleaned


class CallBackForm(ListedForm):
    lists = {"way": Code.List.CONTACT}

    way = select("Cara", required=True, initial="TELEPON")
    result = forms.ChoiceField(label="Hasil", choices=ContactAttempt.Result.choices, widget=forms.RadioSelect)
    at = IndonesianDateTimeField(label="Waktu", initial=now)
    note = story("Catatan", rows=2, max_length=1000)
