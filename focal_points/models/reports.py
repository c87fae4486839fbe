"""What a focal point did for one of the six duties: logged, submitted, reviewed."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from focal_points.models.duties import DUTY_SHORT, Duty, DutyPlan
from focal_points.workflow import last_due_month
from institutions.models import Institution
from pug_portal.core.review import Reviewable, Stage

SHORT_RESULT = 40  # letters; less says hardly what came of it
OLD_DAYS = 62  # an activity reported later than two months after it


class DutyReportQuerySet(models.QuerySet):
    def awaiting_review(self):
        """Return what lies with the secretariat; what was begun first stands first."""
        return self.filter(stage=Stage.SUBMITTED).order_by("created_at", "id")

    def returned(self):
        return self.filter(stage=Stage.RETURNED)

    def returned_to(self, user):
        """Return what the agencies of this focal point have to repair, oldest first."""
        agencies = user.institution_ids("focal_point")
        return self.returned().filter(agency__in=agencies).order_by("reviewed_at", "id")

    def drafts_of(self, user):
        agencies = user.institution_ids("focal_point")
        return self.filter(stage=Stage.DRAFT, agency__in=agencies).order_by("-held_on", "id")

    def approved(self):
        return self.filter(stage__in=[Stage.APPROVED, Stage.PUBLISHED])

    def sent(self):
        """Return everything that has left its author once."""
        return self.exclude(stage=Stage.DRAFT)

    def of_year(self, year: int):
        return self.filter(held_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def late_agencies(self, today: date | None = None):
        """Return the agencies from which the newest month that is due has brought nothing."""
        month = last_due_month(today or timezone.localdate())
        end = (month + timedelta(days=31)).replace(day=1)
        here = self.sent().filter(held_on__gte=month, held_on__lt=end).values("agency")
        return Institution.objects.valid().agencies().exclude(pk__in=here)

    def with_warnings(self, evidence):
        """Add what `DutyReport.warnings` needs; `evidence` is a queryset of attachments."""
        count = evidence.filter(target_id=OuterRef("pk")).order_by().values("target_id")
        count = count.annotate(n=Count("pk")).values("n")
        twin = DutyReport.objects.filter(
            agency=OuterRef("agency"), held_on=OuterRef("held_on"), title=OuterRef("title")
        ).exclude(pk=OuterRef("pk"))
        return self.annotate(evidence_count=Coalesce(Subquery(count), Value(0)), has_twin=Exists(twin))


class DutyReport(Reviewable):
    """One activity for one duty: when, where, for whom, with what result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="duty_reports",
        editable=False,
        verbose_name="Perangkat Daerah",
    )
    duty = models.PositiveSmallIntegerField("tugas", choices=DUTY_SHORT)
    title = models.CharField(
        "kegiatan", max_length=160, help_text="Contoh: Sosialisasi PUG bagi staf puskesmas"
    )
    held_on = models.DateField("tanggal kegiatan")
    place = models.CharField("tempat", max_length=120, help_text="Contoh: Aula lantai 2, atau daring")
    women = models.PositiveIntegerField("peserta perempuan")
    men = models.PositiveIntegerField("peserta laki-laki")
    result = models.TextField(
        "hasil", max_length=2000, help_text="Cukup tiga baris: apa yang dihasilkan, apa lanjutannya."
    )
    plan = models.ForeignKey(
        DutyPlan,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="rencana",
    )
    created_at = models.DateTimeField("dicatat", default=timezone.now, editable=False)

    objects = DutyReportQuerySet.as_manager()

    reviewed_fields = ("duty", "title", "held_on", "place", "women", "men", "result")

    class Meta(Reviewable.Meta):
        verbose_name = "laporan tugas"
        verbose_name_plural = "laporan tugas"
        ordering = ["-held_on", "id"]
        permissions = [
            ("report_duty", "Mencatat laporan tugas lembaganya"),
            ("submit_report", "Mengirim laporan tugas lembaganya"),
            ("review_report", "Menelaah laporan tugas"),
            ("view_board", "Melihat papan laporan semua lembaga"),
            ("view_own_board", "Melihat papan lembaga sendiri"),
            ("export_dutyreport", "Mengekspor laporan tugas"),
        ]
        constraints = [
            *Reviewable.Meta.constraints,
            models.CheckConstraint(condition=Q(duty__gte=1, duty__lte=6), name="report_duty_is_one_of_six"),
        ]
        indexes = [
            models.Index(fields=["agency", "-held_on", "id"], name="report_agency_newest"),
            models.Index(fields=["agency", "stage", "-held_on", "id"], name="report_agency_stage"),
            models.Index(fields=["stage", "created_at", "id"], name="report_stage_waiting"),
            models.Index(fields=["held_on", "agency", "stage"], name="report_month_board"),
            models.Index(fields=["-held_on", "id"], name="report_newest"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focal_points:report", args=[self.pk])

    def audit_label(self):
        return f"{self.agency.audit_label()} {self.held_on:%Y-%m} tugas {self.duty}"

    @property
    def participants(self) -> int:
        return self.women + self.men

    @property
    def duty_short(self) -> str:
        return Duty(self.duty).short

    @property
    def warnings(self) -> list[str]:
        """Return what a reviewer should look at twice; needs `with_warnings`.

        A report without any may be approved in a batch.
        """
        checks = (
            (not self.evidence_count, "Tanpa bukti"),
            (not self.participants, "Peserta nol"),
            (len(self.result.strip()) < SHORT_RESULT, "Hasil sangat singkat"),
            (self._is_old(), "Dilaporkan lebih dari dua bulan sesudah kegiatan"),
            (self.has_twin, "Ada laporan lain dengan kegiatan dan tanggal yang sama"),
        )
        return [words for wrong, words in checks if wrong]

    def _is_old(self) -> bool:
        sent = self.submitted_at or timezone.now()
        return timezone.localdate(sent) - self.held_on > timedelta(days=OLD_DAYS)
