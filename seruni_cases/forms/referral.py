"""Forms of a referral: sending, answering, reporting back."""

from django import forms

from institutions.models import Institution
from pug_portal.core.forms import IndonesianDateTimeField, PortalForm
from seruni_cases.actions.packet import FIELDS, MINIMUM
from seruni_cases.forms.base import ListedForm, select, story, yes_no
from seruni_cases.models import Code, Referral
from seruni_cases.workflow import Urgency


class ReferForm(ListedForm):
    lists = {"service": Code.List.SERVICE}

    service = select("Layanan yang diminta", required=True)
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label="Lembaga tujuan", empty_label="Pilih…"
    )
    urgency = forms.ChoiceField(
        label="Kapan jawaban diperlukan?",
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        initial=Urgency.TODAY,
    )
    request = story(
        "Yang diminta dari lembaga ini",
        required=True,
        rows=3,
        max_length=1500,
        help_text="Satu paragraf, agar ia tidak perlu bercerita ulang. Hindari nama.",
    )
    fields_shared = forms.MultipleChoiceField(
        label="Yang dibagikan",
        choices=[(name, words) for name, (words, _) in FIELDS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=list(MINIMUM),
        help_text="Yang paling sedikit sudah dicentang. Tambahkan hanya yang diperlukan.",
    )
    basis = forms.ChoiceField(
        label="Dasar berbagi",
        choices=Referral.Basis.choices,
        widget=forms.RadioSelect,
        initial=Referral.Basis.CONSENT,
    )
    basis_reason = story(
        "Alasan tanpa persetujuan",
        rows=2,
        max_length=1000,
        help_text="Isi bila dasarnya bukan persetujuan. Manajer kasus membacanya.",
    )

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = partners

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("basis") not in (None, Referral.Basis.CONSENT) and not cleaned.get("basis_reason"):
            self.add_error("basis_reason", "Tulis alasan berbagi tanpa persetujuan.")
        return cleaned

    def request_facts(self) -> dict:
        """Return the arguments of actions.referral.refer."""
        names = ("institution", "service", "urgency", "request", "basis", "basis_reason")
        found = {name: self.cleaned_data[name] for name in names}
        return {**found, "fields": self.cleaned_data["fields_shared"]}


class AcceptForm(PortalForm):
    appointment = IndonesianDateTimeField(label="Janji temu", required=False)
    note = story("Pesan untuk pengirim", rows=2, max_length=1000, help_text="")


class DeclineForm(ListedForm):
    lists = {"reason": Code.List.DECLINE}

    reason = forms.ChoiceField(label="Alasannya", choices=[], widget=forms.RadioSelect)
    note = story("Saran atau pesan", rows=2, max_length=1000, help_text="")


class ReportBackForm(PortalForm):
    """The four questions."""

    attended = forms.ChoiceField(
        label="Apakah ia hadir?", choices=Referral.Attended.choices, widget=forms.RadioSelect
    )
    result = forms.ChoiceField(
        label="Apa hasil layanannya?", choices=Referral.Result.choices, widget=forms.RadioSelect
    )
    needs_more = yes_no("Perlu layanan lanjutan?", required=True, meta=())
    note = story("Yang perlu diketahui pendamping", rows=3, max_length=2000, help_text="")
