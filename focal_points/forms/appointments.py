"""Appointing, correcting and ending focal points, as the secretariat types it."""

from django import forms

from focal_points.models import Appointment
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.forms import (
    IndonesianDateField,
    NameField,
    PhoneField,
    PortalForm,
    PortalModelForm,
)
from pug_portal.core.models import User

_PERSON = (
    "name",
    "sex",
    "position",
    "unit",
    "part",
    "office_phone",
    "office_email",
    "name_is_public",
    "trained_pug",
    "trained_pprg",
)


def find_account(text: str) -> User | None:
    """Return the active account with this e-mail or user name; None for empty text."""
    text = text.strip()
    if not text:
        return None
    people = User.objects.filter(is_active=True)
    found = people.filter(email__iexact=text).first() or people.filter(username=text.lower()).first()
    if found is None:
        raise forms.ValidationError(
            "Belum ada akun aktif dengan surel atau nama itu. Kosongkan dulu; akun dapat"
            " dihubungkan sesudah orangnya diundang."
        )
    return found


class PersonForm(PortalModelForm):
    """What is written down of a person; used for correcting too."""

    versioned = True
    required_words = {
        "name": "Isi nama lengkap.",
        "sex": "Pilih jenis kelamin.",
        "position": "Isi jabatan dalam dinas.",
        "decree_number": "Isi nomor keputusan.",
        "decree_date": "Isi tanggal keputusan.",
    }
    name = NameField(label="Nama lengkap")
    office_phone = PhoneField(
        label="Telepon kantor",
        required=False,
        help_text="Telepon kantor, bukan nomor pribadi. Nomor ini tampil di halaman publik.",
    )

    class Meta:
        model = Appointment
        fields = ("decree_number", "decree_date", *_PERSON)
        widgets = {"sex": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = Appointment.Sex.choices


class AppointForm(PersonForm):
    versioned = False
    required_words = {
        **PersonForm.required_words,
        "agency": "Pilih Perangkat Daerah.",
        "starts": "Isi tanggal mulai bertugas.",
    }
    account = forms.CharField(
        label="Akun portal",
        required=False,
        max_length=254,
        help_text="Surel atau nama pengguna akun yang sudah ada. Boleh dikosongkan.",
    )
    replaces = forms.ModelChoiceField(
        label="Menggantikan",
        queryset=Appointment.objects.none(),
        required=False,
        empty_label="Tidak menggantikan siapa pun",
        help_text="Masa tugas orang ini berakhir sehari sebelumnya, dan aksesnya tertutup.",
    )

    class Meta(PersonForm.Meta):
        fields = ("agency", *_PERSON, "decree_number", "decree_date", "starts", "ends")

    field_order = ("agency", "replaces", "name", "sex", "position", "unit", "part")

    def __init__(self, *args, agency: Institution | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        choose = self.fields["agency"]
        choose.queryset = Institution.objects.valid().agencies().order_by("name")
        choose.empty_label = "Pilih Perangkat Daerah"
        if agency is None:
            del self.fields["replaces"]
            return
        choose.queryset = choose.queryset.filter(pk=agency.pk)
        choose.initial, choose.widget = agency.pk, forms.HiddenInput()
        current = Appointment.objects.current().filter(agency=agency).order_by("name")
        self.fields["replaces"].queryset = current

    def clean_account(self):
        return find_account(self.cleaned_data["account"])

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "Tanggal berakhir tidak boleh sebelum tanggal mulai.")
        if (decree := cleaned.get("decree_date")) and decree > clock.today():
            self.add_error("decree_date", "Tanggal keputusan belum lewat. Periksa tahunnya.")
        return cleaned

    def facts(self) -> dict:
        """Return the action's keyword arguments, without the agency."""
        facts = self.changes()
        del facts["agency"]
        facts["user"] = facts.pop("account")
        return facts


class EndForm(PortalForm):
    versioned = False
    on = IndonesianDateField(label="Hari terakhir bertugas", initial=clock.today)
    reason = forms.ChoiceField(
        label="Alasan", choices=Appointment.EndReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, starts, **kwargs):
        super().__init__(*args, **kwargs)
        self.starts = starts

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.starts:
            first = clock.format_date(self.starts)
            raise forms.ValidationError(f"Tugasnya baru mulai {first}. Isi hari itu atau sesudahnya.")
        return day


class ConnectForm(PortalForm):
    required_words = {"account": "Isi surel atau nama pengguna akunnya."}
    account = forms.CharField(
        label="Akun portal",
        max_length=254,
        help_text="Surel atau nama pengguna akun yang sudah ada.",
    )

    def clean_account(self):
        return find_account(self.cleaned_data["account"])


class AppointmentFilter(forms.Form):
    """The list's filter, by GET."""

    q = forms.CharField(label="Cari lembaga atau nama", required=False, max_length=80)
    show = forms.ChoiceField(
        label="Tampilkan",
        required=False,
        choices=[
            ("", "Semua lembaga"),
            ("kosong", "Belum ada focal point"),
            ("perhatian", "Perlu perhatian"),
        ],
    )
