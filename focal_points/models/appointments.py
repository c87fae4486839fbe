"""Who represents an agency: one row per person and term, appointed by decree."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from institutions.models import Institution
from pug_portal.core.versions import Versioned

FEWEST = 2  # persons per agency (domain study §1.2.a)
DECREE_YEARS = 2  # after so many years a decree should be looked at again


class AppointmentQuerySet(models.QuerySet):
    def current(self, at: date | None = None):
        """Return the terms that run on the day `at` (today by default)."""
        day = at or timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)

    def over(self, at: date | None = None):
        return self.filter(ends__lt=at or timezone.localdate())

    def ending_before(self, day: date):
        """Return running terms that end before `day`."""
        return self.current().filter(ends__lt=day)

    def vacant_agencies(self, at: date | None = None):
        """Return the agencies without anybody appointed on the day `at`."""
        filled = self.current(at).values("agency")
        return Institution.objects.valid(at).agencies().exclude(pk__in=filled)


class Appointment(Versioned):
    """A person appointed as focal point of an agency, for a term, by decree of its head."""

    class Sex(models.TextChoices):
        WOMAN = "P", "Perempuan"
        MAN = "L", "Laki-laki"

    class Part(models.TextChoices):
        CHAIR = "ketua", "Ketua"
        SECRETARY = "sekretaris", "Sekretaris"
        MEMBER = "anggota", "Anggota"
        DATA = "operator_data", "Operator data"

    class EndReason(models.TextChoices):
        TERM = "selesai", "Masa tugas selesai"
        MOVED = "mutasi", "Mutasi"
        RETIRED = "pensiun", "Pensiun"
        REPLACED = "diganti", "Diganti"
        OTHER = "lainnya", "Alasan lain"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        Institution, models.PROTECT, related_name="appointments", verbose_name="Perangkat Daerah"
    )
    decree_number = models.CharField(
        "nomor keputusan",
        max_length=80,
        help_text="Seperti tertulis pada SK Kepala Perangkat Daerah. Contoh: 463/12/2026",
    )
    decree_date = models.DateField("tanggal keputusan")
    starts = models.DateField("mulai bertugas")
    ends = models.DateField(
        "sampai", null=True, blank=True, help_text="Kosongkan bila SK tidak menyebut batas."
    )
    end_reason = models.CharField("alasan berakhir", max_length=10, choices=EndReason.choices, blank=True)
    name = models.CharField("nama lengkap", max_length=120)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    position = models.CharField(
        "jabatan dalam dinas", max_length=120, help_text="Contoh: Kepala Subbagian Perencanaan"
    )
    unit = models.CharField("unit atau bidang", max_length=120, blank=True, help_text="Contoh: Sekretariat")
    part = models.CharField("peran", max_length=15, choices=Part.choices, default=Part.MEMBER)
    office_phone = models.CharField(
        "telepon kantor",
        max_length=20,
        blank=True,
        help_text="Telepon kantor, bukan nomor pribadi. Nomor ini tampil di halaman publik.",
    )
    office_email = models.EmailField(
        "surel kantor", blank=True, help_text="Surel kantor. Alamat ini tampil di halaman publik."
    )
    trained_pug = models.BooleanField("sudah mengikuti pelatihan PUG", default=False)
    trained_pprg = models.BooleanField("sudah mengikuti pelatihan PPRG", default=False)
    name_is_public = models.BooleanField(
        "nama boleh tampil di halaman publik",
        default=False,
        help_text="Centang hanya bila yang bersangkutan setuju.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="akun portal",
    )

    history = HistoricalRecords(verbose_name="riwayat penetapan")
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penetapan focal point"
        verbose_name_plural = "penetapan focal point"
        ordering = ["-starts", "id"]
        permissions = [
            ("appoint_focal_point", "Menetapkan dan mengakhiri focal point"),
            ("import_appointment", "Mengimpor penetapan focal point"),
            ("export_appointment", "Mengekspor penetapan focal point"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="appointment_ends_after_it_starts",
                violation_error_message="Tanggal berakhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends__isnull=False),
                name="appointment_end_has_a_date",
                violation_error_message="Isi tanggal berakhir bila ada alasannya.",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "starts", "ends"], name="appointment_agency_term"),
            models.Index(fields=["-starts", "id"], name="appointment_newest"),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_part_display()})"

    def get_absolute_url(self):
        return reverse("focal_points:appointments_of", args=[self.agency_id])

    def audit_label(self):
        return f"{self.agency.audit_label()} {self.part}"

    def runs(self, at: date | None = None) -> bool:
        day = at or timezone.localdate()
        return self.starts <= day and (self.ends is None or self.ends >= day)

    def rank(self) -> tuple[int, str]:
        """Sort key: the chair first, then as the parts are listed, then by name."""
        return self.Part.values.index(self.part), self.name

    @property
    def state(self) -> tuple[str, str]:
        """Return (word, tone) of the term today."""
        today = timezone.localdate()
        if self.starts > today:
            return "Akan mulai", "wait"
        if self.runs(today):
            return "Bertugas", "ok"
        return "Berakhir", "stop"

    @property
    def training(self) -> str:
        done = [words for words, yes in (("PUG", self.trained_pug), ("PPRG", self.trained_pprg)) if yes]
        return " dan ".join(done) or "Belum"


def concerns(people: Iterable[Appointment], today: date) -> list[str]:
    """Return what the secretariat should look at in one agency's running appointments.

    Warnings only: none of them forbids anything (domain study §1.2.a, our own decisions).
    """
    people = list(people)
    if not people:
        return ["Belum ada focal point"]
    found = []
    if len(people) < FEWEST:
        found.append("Baru satu orang, sebaiknya sedikitnya dua")
    elif len({one.sex for one in people}) == 1:
        found.append(f"Semuanya {people[0].get_sex_display().lower()}")
    if any(_older_than(one.decree_date, DECREE_YEARS, today) for one in people):
        found.append("SK lebih dari dua tahun")
    if not any(one.trained_pug for one in people):
        found.append("Belum ada yang dilatih PUG")
    if not any(one.user_id for one in people):
        found.append("Belum ada akun portal")
    return found


def _older_than(day: date, years: int, today: date) -> bool:
    return (day.year + years, day.month, day.day) < (today.year, today.month, today.day)
