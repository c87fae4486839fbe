"""Filters of the lists; only coded facts, so an address holds nothing personal."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils import timezone

from institutions.models import Region
from pug_portal.core.clock import AgeBand
from seruni_cases.models import Case, Complaint, Referral
from seruni_cases.workflow import LIVE, TAKEN, WAITING, Outcome, Risk, Status

SHOWN = [("semua", "Semua, juga yang selesai"), ("belum", "Belum ditriase"), ("kontak", "Belum ada kontak")]


class ComplaintFilter(django_filters.FilterSet):
    tampil = django_filters.ChoiceFilter(
        label="Tampilkan", choices=SHOWN, method="show", empty_label="Yang masih dikerjakan"
    )
    outcome = django_filters.ChoiceFilter(label="Triase", choices=Outcome.choices)
    risk = django_filters.ChoiceFilter(label="Risiko", choices=Risk.choices)

    class Meta:
        model = Complaint
        fields = ()

    def show(self, rows, name, value):
        if value == "belum":
            return rows.waiting_triage()
        return rows.waiting_contact() if value == "kontak" else rows


ATTENTION = [
    ("tindak_lanjut", "Tindak lanjut jatuh tempo"),
    ("tanpa_pendamping", "Tanpa pendamping"),
    ("sepi", "Tanpa kegiatan 14 hari"),
    ("anak", "Anak di bawah 18 tahun"),
]
QUIET_DAYS = 14


class CaseFilter(django_filters.FilterSet):
    perhatian = django_filters.ChoiceFilter(label="Perlu perhatian", choices=ATTENTION, method="attend")
    status = django_filters.ChoiceFilter(
        label="Tahap", choices=[("berjalan", "Semua yang berjalan"), *Status.choices], method="stage"
    )
    risk = django_filters.ChoiceFilter(label="Risiko", choices=Risk.choices)
    kecamatan = django_filters.ModelChoiceFilter(
        label="Kecamatan", queryset=Region.objects.filter(parent__isnull=True)
    )
    age_band = django_filters.ChoiceFilter(label="Kelompok umur", choices=AgeBand.choices)

    class Meta:
        model = Case
        fields = ()

    def stage(self, rows, name, value):
        return rows.open() if value == "berjalan" else rows.filter(status=value)

    def attend(self, rows, name, value):
        quiet = timezone.now() - timedelta(days=QUIET_DAYS)
        return {
            "tindak_lanjut": rows.follow_up_due,
            "tanpa_pendamping": rows.without_companion,
            "sepi": lambda: rows.quiet_since(quiet),
            "anak": lambda: rows.filter(age_band__in=["0-5", "6-12", "13-17"]),
        }[value]()


STATES = [
    ("menunggu", "Menunggu jawaban"),
    ("berjalan", "Diterima dan berjalan"),
    ("lama", "Selesai atau ditolak"),
]


class PacketFilter(django_filters.FilterSet):
    keadaan = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=STATES,
        method="state",
        empty_label="Semua",
        widget=forms.Select,
    )

    class Meta:
        model = Referral
        fields = ()

    def state(self, rows, name, value):
        if value == "lama":
            return rows.exclude(status__in=LIVE)
        return rows.filter(status__in=WAITING if value == "menunggu" else TAKEN)
