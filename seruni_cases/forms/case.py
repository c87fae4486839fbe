"""Forms of a case: registration, coded facts, identity, notes, officers, opening, moving."""

from django import forms
from django.utils import timezone

from pug_portal.core.answers import MetaAnswer, with_meta
from pug_portal.core.forms import (
    IndonesianDateField,
    IndonesianDateTimeField,
    NameField,
    NIKField,
    PhoneField,
    PortalForm,
)
from pug_portal.core.models import User
from seruni_cases.forms.base import CONTACT_LISTS, ListedForm, SafeContactFields, select, story, ticks
from seruni_cases.forms.complaint import age_facts, now
from seruni_cases.forms.fields import Age, AgeField, PlaceField, place_words
from seruni_cases.models import CaseAssignment, CaseNote, Code
from seruni_cases.models.fields import SEXES
from seruni_cases.workflow import Risk

ALL_META = tuple(MetaAnswer)


class FactsForm(ListedForm):
    """Coded facts of a case; none of them names anybody."""

    lists = {
        "category": Code.List.CATEGORY,
        "violence": Code.List.VIOLENCE,
        "incident_place": Code.List.PLACE,
        "relation": Code.List.RELATION,
        "education": Code.List.EDUCATION,
        "work": Code.List.WORK,
        "marital": Code.List.MARITAL,
        "disability": Code.List.DISABILITY,
    }
    listed_meta = dict.fromkeys(
        ("incident_place", "relation", "education", "work", "marital", "disability"), ALL_META
    )

    risk = forms.ChoiceField(label="Risiko", choices=Risk.choices, widget=forms.RadioSelect)
    category = select("Kategori", required=True)
    violence = ticks("Bentuk kekerasan", required=True)
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        required=False,
        choices=with_meta(SEXES[:2], (MetaAnswer.UNKNOWN, MetaAnswer.DECLINED)),
        widget=forms.RadioSelect,
    )
    age = AgeField()
    place = PlaceField(label="Kelurahan tempat tinggal")
    incident_place = select("Tempat kejadian")
    relation = select("Hubungan terlapor dengannya")
    education = select("Pendidikan")
    work = select("Pekerjaan")
    marital = select("Status perkawinan")
    disability = select("Disabilitas")

    def facts(self) -> dict:
        """Return fields of Case."""
        data, place = self.cleaned_data, self.cleaned_data["place"]
        names = ("risk", "category", "sex", "relation", "education", "work", "marital", "disability")
        return {
            **{name: data[name] for name in names},
            **age_facts(data["age"]),
            "place": data["incident_place"],
            "kelurahan": place.kelurahan,
            "kecamatan": place.kecamatan,
            "outside": place.outside,
        }

    @staticmethod
    def starting(file, violence) -> dict:
        """Return the first values from a complaint or a case."""
        kecamatan = getattr(file, "kecamatan", None)
        names = ("risk", "category", "sex", "relation", "education", "work", "marital", "disability")
        return {
            **{name: getattr(file, name) for name in names if hasattr(file, name)},
            "age": Age(file.birth_year, file.age_band, file.age_estimated).words(),
            "place": place_words(file.kelurahan or kecamatan, file.outside),
            "incident_place": getattr(file, "place", ""),
            "violence": violence,
        }


class ChangeFactsForm(FactsForm):
    versioned = True


class VaultFields(forms.Form):
    """The identity vault; every answer is optional in cases of violence."""

    name = NameField(label="Nama lengkap", required=False)
    nickname = NameField(label="Nama panggilan", required=False)
    nik = NIKField(label="NIK", required=False, help_text="16 angka. Kosongkan bila tidak ada.")
    phone = PhoneField(label="Telepon", required=False)
    birth_date = IndonesianDateField(label="Tanggal lahir", required=False, not_future=True)
    address = forms.CharField(
        label="Alamat",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def identity(self) -> dict:
        """Return fields of Person; what was left empty stays empty."""
        names = ("name", "nickname", "nik", "phone", "birth_date", "address")
        return {name: self.cleaned_data[name] or None for name in names}


class RegisterForm(VaultFields, SafeContactFields, FactsForm):
    """A case is registered: facts, vault, safe contact, and whether she is known already."""

    lists = {**FactsForm.lists, **CONTACT_LISTS}
    same_person = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, candidates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact_allowed"].required = True
        self.fields["contact_allowed"].error_messages["required"] = (
            "Jawab apakah ia boleh dihubungi. “Tidak ditanyakan” juga jawaban."
        )
        if candidates:
            self._ask_whether_known(candidates)

    def _ask_whether_known(self, candidates) -> None:
        choices = [(hit.person, " · ".join([*hit.facts, *hit.reasons])) for hit in candidates]
        self.fields["same_person"] = forms.ChoiceField(
            label="Mungkin orang yang sama. Yang mana?",
            choices=[*choices, ("baru", "Orang lain, buat kode baru")],
            widget=forms.RadioSelect,
            error_messages={"required": "Pilih salah satu, lalu simpan lagi."},
        )

    def known_person(self) -> str:
        chosen = self.cleaned_data.get("same_person", "")
        return "" if chosen == "baru" else chosen

    def clean(self):
        cleaned = super().clean()
        age, birth = cleaned.get("age"), cleaned.get("birth_date")
        if birth and age and age.birth_year and abs(age.birth_year - birth.year) > 1:
            self.add_error("birth_date", "Tanggal lahir dan umur tidak cocok. Periksa keduanya.")
        return cleaned


class IdentityForm(VaultFields, SafeContactFields, ListedForm):
    versioned = True
    lists = CONTACT_LISTS
    field_order = ("name", "nickname", "nik", "birth_date", "phone", "address")

    @staticmethod
    def starting(person) -> dict:
        names = ("name", "nickname", "nik", "phone", "birth_date", "address", "version")
        return {name: getattr(person, name) for name in names}


class NoteForm(ListedForm):
    kind = forms.ChoiceField(
        label="Jenis catatan",
        choices=[choice for choice in CaseNote.Kind.choices if choice[0] != CaseNote.Kind.MOVE],
        widget=forms.RadioSelect,
        initial=CaseNote.Kind.STORY,
    )
    happened_at = IndonesianDateTimeField(label="Waktu", initial=now)
    text = story("Uraian", required=True, max_length=10000, rows=8)
    risk = forms.ChoiceField(
        label="Risiko menurut asesmen",
        required=False,
        choices=[("", "Tidak berubah"), *Risk.choices[:3]],
        help_text="Diisi bila ini catatan asesmen.",
    )

    def clean_happened_at(self):
        at = self.cleaned_data["happened_at"]
        if at > timezone.now():
            raise forms.ValidationError("Tulis waktu yang sudah lewat.")
        return at


class AssignForm(PortalForm):
    versioned = True

    part = forms.ChoiceField(
        label="Sebagai",
        choices=CaseAssignment.Part.choices,
        widget=forms.RadioSelect,
        initial=CaseAssignment.Part.COMPANION,
    )
    user = forms.ModelChoiceField(User.objects.none(), label="Petugas", empty_label="Pilih…")

    def __init__(self, *args, people, load, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        # The load stands beside the name, so that work is spread fairly.
        self.fields["user"].label_from_instance = lambda user: (
            f"{user.name} ({load.get(user.pk, 0)} kasus berjalan)"
        )


class ExcludeForm(PortalForm):
    user = forms.ModelChoiceField(User.objects.none(), label="Petugas", empty_label="Pilih…")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class RevealForm(ListedForm):
    lists = {"reason": Code.List.REVEAL}

    reason = forms.ChoiceField(label="Untuk apa?", choices=[], widget=forms.RadioSelect)
    note = forms.CharField(
        label="Catatan",
        max_length=300,
        min_length=5,
        help_text="Satu kalimat. Dibaca manajer kasus.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MoveForm(PortalForm):
    reason = story("Alasan", rows=3, max_length=2000)
