"""Forms of daily work: consent, service, follow-up, closure."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.answers import MetaAnswer, with_meta
from pug_portal.core.forms import (
    IndonesianDateField,
    IndonesianDateTimeField,
    IndonesianIntegerField,
    PortalForm,
)
from seruni_cases.forms.base import ListedForm, select, story, yes_no
from seruni_cases.forms.complaint import now
from seruni_cases.models import Closure, Code, Consent, ContactAttempt, DataKind, Service
from seruni_cases.models.consent import DEFAULT_DAYS


def in_ninety_days():
    return timezone.localdate() + timedelta(days=DEFAULT_DAYS)


class ConsentForm(ListedForm):
    lists = {"family": Code.List.FAMILY}

    purpose = forms.ChoiceField(label="Untuk apa?", choices=Consent.Purpose.choices, widget=forms.RadioSelect)
    status = forms.ChoiceField(
        label="Jawabannya",
        choices=[("aktif", "Ya, mengizinkan"), ("ditolak", "Tidak mengizinkan")],
        widget=forms.RadioSelect,
        initial="aktif",
    )
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label="Lembaga penerima",
        required=False,
        empty_label="Pilih…",
        help_text="Untuk berbagi dengan satu lembaga.",
    )
    family = select("Atau kelompok lembaga", help_text="Bila ia mengizinkan semua lembaga sejenis.")
    data = forms.MultipleChoiceField(
        label="Data yang boleh dibagikan",
        required=False,
        choices=DataKind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[DataKind.IDENTITY, DataKind.SUMMARY],
    )
    ends = IndonesianDateField(label="Berlaku sampai", initial=in_ninety_days, not_past=True)
    giver = forms.ChoiceField(
        label="Siapa yang memberi?",
        choices=Consent.Giver.choices,
        widget=forms.RadioSelect,
        initial=Consent.Giver.SURVIVOR,
    )
    manner = forms.ChoiceField(
        label="Bagaimana?",
        choices=Consent.Manner.choices,
        widget=forms.RadioSelect,
        initial=Consent.Manner.WITNESSED,
    )
    words = story("Kata-katanya", rows=2, max_length=1000, help_text="Seperti ia mengatakannya, bila perlu.")

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = partners

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("purpose") == Consent.Purpose.REFERRAL:
            if bool(cleaned.get("institution")) == bool(cleaned.get("family")):
                self.add_error("institution", "Pilih satu lembaga, atau satu kelompok lembaga.")
            if cleaned.get("status") == "aktif" and not cleaned.get("data"):
                self.add_error("data", "Pilih data apa yang boleh dibagikan.")
        return cleaned

    def line(self) -> dict:
        """Return fields of Consent; recipient and data only where the purpose is sharing."""
        names = ("purpose", "status", "ends", "giver", "manner")
        found = {name: self.cleaned_data[name] for name in names}
        found["words"] = self.cleaned_data["words"] or None
        if found["purpose"] == Consent.Purpose.REFERRAL:
            found |= {n: self.cleaned_data[n] for n in ("institution", "family", "data")}
        return found


class ServiceForm(ListedForm):
    """A service; a choice of the last provider and kind is filled in by the view."""

    lists = {"kind": Code.List.SERVICE}

    kind = select("Layanan", required=True)
    given_on = IndonesianDateField(label="Tanggal", initial=timezone.localdate, not_future=True)
    result = forms.ChoiceField(label="Hasil", choices=Service.Result.choices)
    mode = forms.ChoiceField(label="Cara", choices=Service.Mode.choices)
    provider = forms.ModelChoiceField(
        Institution.objects.none(),
        label="Lembaga pelaksana",
        required=False,
        empty_label="PPT SERUNI sendiri",
    )
    place = forms.CharField(
        label="Tempat", required=False, max_length=40, help_text="Misalnya kantor. Bukan alamat."
    )
    minutes = IndonesianIntegerField(label="Lama (menit)", required=False, min_value=1, max_value=1440)
    note = story("Catatan", rows=3, max_length=4000)

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = partners

    def service(self) -> dict:
        found = {n: v for n, v in self.cleaned_data.items() if n not in {"idem", "again"}}
        found["note"] = found["note"] or None
        return found


class FollowUpForm(ListedForm):
    lists = {"way": Code.List.CONTACT}

    way = select("Cara", required=True, initial="TELEPON")
    result = forms.ChoiceField(label="Hasil", choices=ContactAttempt.Result.choices, widget=forms.RadioSelect)
    at = IndonesianDateTimeField(label="Waktu", initial=now)
    safety = forms.ChoiceField(
        label="Keadaan keselamatannya",
        required=False,
        choices=with_meta(ContactAttempt.Safety.choices, (MetaAnswer.NOT_ASKED, MetaAnswer.UNKNOWN)),
        widget=forms.RadioSelect,
    )
    new_incident = yes_no("Ada kejadian baru?", meta=(MetaAnswer.NOT_ASKED,))
    note = story("Catatan", rows=3, max_length=4000)
    next_day = IndonesianDateField(label="Tindak lanjut berikutnya", required=False, not_past=True)

    def attempt(self) -> dict:
        names = ("way", "result", "at", "safety", "new_incident")
        found = {name: self.cleaned_data[name] for name in names}
        return {**found, "note": self.cleaned_data["note"] or None}


class ClosureForm(ListedForm):
    lists = {"reason": Code.List.CLOSURE}

    reason = forms.ChoiceField(label="Alasan utama", choices=[], widget=forms.RadioSelect)
    checklist = forms.MultipleChoiceField(
        label="Yang sudah dikerjakan",
        required=False,
        choices=Closure.CHECKLIST,
        widget=forms.CheckboxSelectMultiple,
    )
    note = story("Catatan", rows=3, max_length=4000)

    def clean(self):
        cleaned = super().clean()
        undone = len(Closure.CHECKLIST) - len(cleaned.get("checklist") or [])
        if undone and not cleaned.get("note"):
            self.add_error("note", f"Jelaskan mengapa {undone} hal belum dikerjakan.")
        return cleaned


class DecideForm(PortalForm):
    decision = forms.ChoiceField(
        label="Keputusan",
        choices=[("approve", "Setujui penutupan"), ("return", "Kembalikan ke pendamping")],
        widget=forms.RadioSelect,
    )
    reason = story("Alasan bila dikembalikan", rows=3, max_length=2000)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "return" and not cleaned.get("reason"):
            self.add_error("reason", "Tulis apa yang masih perlu dikerjakan.")
        return cleaned


class ReopenForm(PortalForm):
    reason = story("Mengapa dibuka kembali?", required=True, rows=3, max_length=2000)


class ConfirmForm(PortalForm):
    """A button with a key of its own; nothing to fill in."""

    versioned = True
