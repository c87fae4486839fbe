"""Search and filters of the working list and of the public calendar; the state stands in the address."""

import django_filters as filters
from django import forms
from django.db.models import Q

from activities.models import Activity, Kind
from institutions.models import Institution

# The first one is what the page opens with.
WHEN = [
    ("akan", "Akan datang"),
    ("hari-ini", "Hari ini"),
    ("usulan", "Menunggu persetujuan"),
    ("perbaikan", "Perlu diperbaiki"),
    ("disetujui", "Disetujui, belum diumumkan"),
    ("laporan", "Menunggu laporan"),
    ("hasil", "Hasil belum diterbitkan"),
    ("lalu", "Sudah lewat"),
    ("ditarik", "Ditarik"),
    ("semua", "Semua"),
]
VIEWS = ("akan", "hari-ini", "usulan", "laporan", "lalu", "semua")
SETS = {
    "akan": lambda rows: rows.coming(),
    "hari-ini": lambda rows: rows.today(),
    "usulan": lambda rows: rows.awaiting_approval(),
    "perbaikan": lambda rows: rows.returned(),
    "disetujui": lambda rows: rows.awaiting_publication(),
    "laporan": lambda rows: rows.awaiting_report(),
    "hasil": lambda rows: rows.awaiting_conclusion(),
    "lalu": lambda rows: rows.past(),
    "ditarik": lambda rows: rows.withdrawn(),
    "semua": lambda rows: rows,
}


def _organisers(request):
    return Institution.objects.filter(activities__isnull=False).distinct().only("name")


class WorkspaceFilter(filters.FilterSet):
    cari = filters.CharFilter(
        label="Cari",
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    keadaan = filters.ChoiceFilter(label="Keadaan", choices=WHEN[1:], method="named", empty_label=WHEN[0][1])
    jenis = filters.ChoiceFilter(label="Jenis", field_name="kind", choices=Kind.choices, empty_label="Semua")
    penyelenggara = filters.ModelChoiceFilter(
        label="Penyelenggara", field_name="organiser", queryset=_organisers, empty_label="Semua"
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def search(self, rows, name, text):
        for word in text.split()[:6]:
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(place__icontains=word)
                | Q(organiser__name__icontains=word)
                | Q(organiser__abbreviation__icontains=word)
            )
        return rows

    @property
    def chosen(self) -> str:
        """The named set that is shown."""
        asked = self.data.get("keadaan", "")
        return asked if asked in SETS else WHEN[0][0]

    def named(self, rows, name, value):
        return rows  # filter_queryset below knows what to do without a choice, too

    def filter_queryset(self, queryset):
        return SETS[self.chosen](super().filter_queryset(queryset))


class CalendarFilter(filters.FilterSet):
    waktu = filters.ChoiceFilter(
        label="Waktu",
        choices=[("lalu", "Sudah lewat")],
        empty_label="Akan datang",
        method="when",
    )
    jenis = filters.ChoiceFilter(
        label="Jenis", field_name="kind", choices=Kind.choices, empty_label="Semua jenis"
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    @property
    def wants_past(self) -> bool:
        return self.data.get("waktu") == "lalu"

    def when(self, rows, name, value):
        return rows

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows.past() if self.wants_past else rows.coming()
