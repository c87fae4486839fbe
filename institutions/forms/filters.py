"""Search and filters of the lists; the whole state stands in the address."""

import django_filters as filters
from django import forms

from institutions.models import PREREQUISITES, PROCESSES, Decree, Document, Institution, LegalBasis

SEARCH_BOX = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
STANDINGS = {
    "belum-diperiksa": ("Nama belum diperiksa", lambda rows: rows.valid().unverified()),
    "pimpinan-kosong": ("Pimpinan kosong", lambda rows: rows.valid().with_vacant_head()),
    "tanpa-focal-point": ("Tanpa focal point", lambda rows: rows.valid().without_focal_point()),
    "berakhir": ("Sudah berakhir", lambda rows: rows.ended()),
}


class _Searching(filters.FilterSet):
    cari = filters.CharFilter(label="Cari", method="search", widget=SEARCH_BOX)

    def search(self, rows, name, text):
        return rows.search(text)


class RegistryFilter(_Searching):
    """Institutions that exist today, unless "berakhir" is asked for."""

    jenis = filters.ChoiceFilter(
        label="Jenis", field_name="kind", choices=Institution.Kind.choices, empty_label="Semua jenis"
    )
    keadaan = filters.ChoiceFilter(
        label="Keadaan",
        method="named",
        choices=[(key, words) for key, (words, _) in STANDINGS.items()],
        empty_label="Semua yang berlaku",
    )

    class Meta:
        model = Institution
        fields: list[str] = []

    def named(self, rows, name, value):
        return STANDINGS[value][1](rows)

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("keadaan") else found.valid()


class DecreeFilter(_Searching):
    perihal = filters.ChoiceFilter(
        label="Perihal", field_name="subject", choices=Decree.Subject.choices, empty_label="Semua"
    )
    status = filters.ChoiceFilter(
        label="Status",
        method="named",
        choices=[("draf", "Draf"), ("berlaku", "Berlaku"), ("berakhir", "Berakhir")],
        empty_label="Semua",
    )

    class Meta:
        model = Decree
        fields: list[str] = []

    def named(self, rows, name, value):
        return {"draf": rows.drafts, "berlaku": rows.running, "berakhir": rows.ended}[value]()


class DocumentFilter(_Searching):
    jenis = filters.ChoiceFilter(
        label="Jenis", field_name="kind", choices=Document.Kind.choices, empty_label="Semua jenis"
    )
    kelas = filters.ChoiceFilter(
        label="Kelas", field_name="klass", choices=Document.Klass.choices, empty_label="Semua kelas"
    )
    prasyarat = filters.ChoiceFilter(
        label="Prasyarat",
        method="tagged_prerequisite",
        choices=[(str(key), words) for key, words in PREREQUISITES.items()],
        empty_label="Semua prasyarat",
    )
    proses = filters.ChoiceFilter(
        label="Proses",
        method="tagged_process",
        choices=[(str(key), words) for key, words in PROCESSES.items()],
        empty_label="Semua proses",
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def tagged_prerequisite(self, rows, name, value):
        return rows.tagged(prerequisite=value)

    def tagged_process(self, rows, name, value):
        return rows.tagged(process=value)


class PublicationFilter(_Searching):
    jenis = filters.ChoiceFilter(
        label="Jenis", field_name="kind", choices=Document.Kind.choices, empty_label="Semua jenis"
    )

    class Meta:
        model = Document
        fields: list[str] = []


class LegalBasisFilter(_Searching):
    tingkat = filters.ChoiceFilter(
        label="Tingkat", field_name="level", choices=LegalBasis.Level.choices, empty_label="Semua tingkat"
    )
    status = filters.ChoiceFilter(
        label="Status", field_name="status", choices=LegalBasis.Status.choices, empty_label="Semua status"
    )

    class Meta:
        model = LegalBasis
        fields: list[str] = []
