"""Institutions, their names, and who holds their posts."""

from django import forms
from django.forms import RadioSelect

from institutions.models import Institution, Region, Sex
from pug_portal.core.forms import IndonesianDateField, NameField, PortalForm, PortalModelForm
from pug_portal.core.models import User


class InstitutionForm(PortalModelForm):
    """A new institution."""

    class Meta:
        model = Institution
        fields = [
            "name",
            "abbreviation",
            "other_names",
            "kind",
            "parent",
            "region",
            "pug_role",
            "address",
            "phone",
            "website",
            "valid_from",
            "is_verified",
            "source",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(parent=None)
        self.fields["region"].help_text = "Kecamatan yang dilayani, bila hanya satu."
        self.fields["parent"].queryset = Institution.objects.valid().agencies()
        self.fields["parent"].label_from_instance = str


class ChangeInstitutionForm(InstitutionForm):
    """Facts of an institution; a new official name goes through RenameForm and stays in history."""

    class Meta(InstitutionForm.Meta):
        fields = [name for name in InstitutionForm.Meta.fields if name != "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk=self.instance.pk)


class RenameForm(PortalForm):
    name = forms.CharField(label="Nama baru", max_length=160, help_text="Contoh: Dinas Kesehatan")
    abbreviation = forms.CharField(label="Singkatan baru", max_length=40, required=False)
    since = IndonesianDateField(label="Dipakai mulai")
    basis = forms.CharField(
        label="Dasar perubahan", max_length=160, required=False, help_text="Contoh: Perda SOTK 2023"
    )


class CloseForm(PortalForm):
    on = IndonesianDateField(label="Hari terakhir berlaku")


class PostForm(PortalForm):
    title = forms.CharField(
        label="Nama jabatan", max_length=180, help_text="Contoh: Sekretaris Dinas Kesehatan"
    )


class FillPostForm(PortalForm):
    person_name = NameField(label="Nama pejabat")
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Sex.choices, widget=RadioSelect)
    starts = IndonesianDateField(label="Mulai menjabat")
    is_acting = forms.BooleanField(label="Pelaksana tugas (Plt.)", required=False)
    decree_number = forms.CharField(label="Nomor keputusan", max_length=80, required=False)
    user = forms.ModelChoiceField(
        label="Akun portal",
        queryset=User.objects.none(),
        required=False,
        help_text="Bila pejabat ini juga memakai portal.",
    )

    def __init__(self, *args, institution, **kwargs):
        super().__init__(*args, **kwargs)
        held = User.objects.filter(is_active=True, terms__institution=institution)
        self.fields["user"].queryset = held.distinct()


class VacatePostForm(PortalForm):
    on = IndonesianDateField(label="Hari terakhir menjabat")
    reason = forms.CharField(
        label="Alasan", max_length=120, help_text="Contoh: mutasi, pensiun, berakhir masa tugas"
    )
