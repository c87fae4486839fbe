"""The six duties of a focal point, and what an agency plans to do for them in a year."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from focal_points.workflow import EARLIEST_YEAR
from institutions.models import Institution
from pug_portal.core import clock
from pug_portal.core.versions import Versioned


class Duty(models.IntegerChoices):
    """Wording of the regulation (Permendagri 15/2008 with 67/2011, as the city quotes it)."""

    PROMOTE = 1, "Mempromosikan pengarusutamaan gender pada unit kerja"
    BUDGET = (
        2,
        "Memfasilitasi penyusunan rencana kerja dan penganggaran SKPD yang responsif gender",
    )
    TRAIN = (
        3,
        "Melaksanakan pelatihan, sosialisasi, dan advokasi pengarusutamaan gender kepada seluruh"
        " pejabat dan staf",
    )
    REPORT = 4, "Melaporkan pelaksanaan PUG kepada pimpinan SKPD"
    ANALYSE = (
        5,
        "Mendorong pelaksanaan analisis gender terhadap kebijakan, program, dan kegiatan pada unit kerja",
    )
    DATA = 6, "Memfasilitasi penyusunan data gender pada SKPD"

    @property
    def short(self) -> str:
        return _SHORT[self]

    @property
    def minimum(self) -> int:
        """How many approved reports a year are a full one (our own decision, not law)."""
        return _MINIMUM[self]

    @property
    def proof(self) -> str:
        return _PROOF[self]


_SHORT = {
    Duty.PROMOTE: "Promosi PUG",
    Duty.BUDGET: "Rencana dan anggaran",
    Duty.TRAIN: "Pelatihan dan sosialisasi",
    Duty.REPORT: "Lapor kepada pimpinan",
    Duty.ANALYSE: "Analisis gender",
    Duty.DATA: "Data gender",
}
# Domain study §1.2.b. Where it says "all priority items" or "all tables", one report a year is
# the least that shows work on it.
_MINIMUM = {
    Duty.PROMOTE: 2,
    Duty.BUDGET: 1,
    Duty.TRAIN: 1,
    Duty.REPORT: 2,
    Duty.ANALYSE: 1,
    Duty.DATA: 1,
}
_PROOF = {
    Duty.PROMOTE: "Foto, notulen, atau tautan",
    Duty.BUDGET: "GAP, GBS, atau KAK",
    Duty.TRAIN: "Daftar hadir L/P dan materi",
    Duty.REPORT: "Laporan yang ditandatangani",
    Duty.ANALYSE: "Lembar GAP",
    Duty.DATA: "Tabel data terpilah",
}
DUTY_SHORT = [(duty.value, f"{duty.value}. {duty.short}") for duty in Duty]
MONTH_CHOICES = list(enumerate(clock.MONTHS, start=1))


class DutyPlanQuerySet(models.QuerySet):
    def of_year(self, year: int):
        return self.filter(year=year)

    def without_report(self):
        """Return the plans nobody has reported on."""
        return self.filter(reports__isnull=True)

    def with_progress(self):
        """Add `has_report`: whether a report has left the agency for the plan."""
        reports = self.model.reports.rel.related_model.objects.sent()
        return self.annotate(has_report=Exists(reports.filter(plan=OuterRef("pk"))))

    def overdue(self, today):
        """Return this year's plans whose month is over and nobody has reported on."""
        return self.of_year(today.year).filter(month__lt=today.month).without_report()


class DutyPlan(Versioned):
    """One activity an agency plans for one of the six duties."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="duty_plans",
        editable=False,
        verbose_name="Perangkat Daerah",
    )
    year = models.PositiveSmallIntegerField(
        "tahun", validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(2099)]
    )
    duty = models.PositiveSmallIntegerField("tugas", choices=DUTY_SHORT)
    activity = models.CharField(
        "kegiatan", max_length=160, help_text="Contoh: Sosialisasi PUG bagi staf puskesmas"
    )
    month = models.PositiveSmallIntegerField("bulan rencana", choices=MONTH_CHOICES)
    target_women = models.PositiveIntegerField("sasaran perempuan", default=0)
    target_men = models.PositiveIntegerField("sasaran laki-laki", default=0)

    objects = DutyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana tugas"
        verbose_name_plural = "rencana tugas"
        ordering = ["year", "month", "id"]
        permissions = [("plan_duty", "Menyusun rencana tugas lembaganya")]
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="plan_month_is_a_month"),
            models.CheckConstraint(condition=Q(duty__gte=1, duty__lte=6), name="plan_duty_is_one_of_six"),
        ]
        indexes = [
            models.Index(fields=["agency", "year", "month", "id"], name="plan_agency_year"),
        ]

    def __str__(self):
        return f"{self.activity} ({clock.MONTHS_SHORT[self.month - 1]} {self.year})"

    def audit_label(self):
        return f"{self.agency.audit_label()} {self.year}/{self.month}"

    @property
    def target(self) -> int:
        return self.target_women + self.target_men

    @property
    def duty_short(self) -> str:
        return Duty(self.duty).short
