"""Forms of invitations, accounts and roles."""

from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.forms.utils import ErrorDict, ErrorList

from pug_portal.core.forms import IndonesianDateField, PortalForm
from pug_portal.core.roles import INSTITUTION_ROLES, Role


def _institutions():
    return apps.get_model(settings.INSTITUTION_MODEL)._default_manager.order_by("name")


class _RoleFields(PortalForm):
    """The part about a role and its term; `roles` are those the person may give."""

    role = forms.ChoiceField(label="Peran")
    institution: Any = forms.ModelChoiceField(
        label="Lembaga",
        queryset=None,
        required=False,
        help_text="Diisi untuk Kepala Perangkat Daerah, Focal Point, dan Mitra Layanan.",
    )
    starts = IndonesianDateField(
        label="Mulai", required=False, help_text="Kosongkan bila mulai hari ini. Contoh: 1 Januari 2027"
    )
    ends = IndonesianDateField(label="Sampai", required=False, help_text="Kosongkan bila belum ada batas.")
    decree_number = forms.CharField(label="Nomor keputusan", max_length=80, required=False)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [("", "Pilih peran"), *((r.value, r.label) for r in roles)]
        fields["institution"].queryset = _institutions()
        fields["institution"].empty_label = "Pilih lembaga"

    def clean(self):
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if cleaned.get("role") in INSTITUTION_ROLES and not cleaned.get("institution"):
            self.add_error("institution", "Pilih lembaga untuk peran ini.")
        if starts and ends and ends < starts:
            self.add_error("ends", "Tanggal selesai harus sesudah tanggal mulai.")
        return cleaned

    def term(self) -> dict:
        """Return the arguments of a role's action."""
        names = ("role", "institution", "starts", "ends", "decree_number")
        return {name: self.cleaned_data[name] for name in names}


class GrantRoleForm(_RoleFields):
    pass


class InviteForm(_RoleFields):
    name = forms.CharField(label="Nama lengkap", max_length=120)
    email = forms.EmailField(
        label="Surel kantor", max_length=254, help_text="Tautan undangan dikirim ke sini."
    )
    username = forms.CharField(
        label="Nama pengguna",
        max_length=60,
        validators=[ASCIIUsernameValidator(message="Pakai huruf kecil, angka, titik, atau garis bawah.")],
        help_text="Huruf kecil, angka, titik atau garis bawah. Contoh: rini.astuti",
    )

    field_order = ["name", "email", "username", "role", "institution", "starts", "ends", "decree_number"]


class ReasonForm(PortalForm):
    """Why: for acts that are recorded with a reason."""

    reason = forms.CharField(label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AcceptForm(PortalForm):
    """The invited person confirms her name and chooses her password."""

    name = forms.CharField(
        label="Nama lengkap",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Perbaiki bila tertulis keliru.",
    )
    password1 = forms.CharField(
        label="Kata sandi",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Sedikitnya 12 huruf. Empat kata acak mudah diingat dan sulit ditebak.",
    )
    password2 = forms.CharField(
        label="Ulangi kata sandi",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def carry(self, errors: dict[str, list[str]]) -> None:
        """Show what was wrong with the last sending, without the sending."""
        self._errors = ErrorDict({name: ErrorList(words) for name, words in errors.items()})

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self):
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Kedua kata sandi belum sama. Ketik lagi.")
        return cleaned


class PeopleFilter(forms.Form):
    """Narrows the list of accounts."""

    cari = forms.CharField(label="Cari nama atau nama pengguna", required=False, max_length=60)
    peran = forms.ChoiceField(label="Peran", required=False, choices=[("", "Semua peran"), *Role.choices])
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("aktif", "Aktif"),
            ("diundang", "Menunggu undangan diterima"),
            ("ditutup", "Ditutup"),
        ],
    )
