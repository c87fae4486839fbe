"""An activity from its proposal to its published result."""

import uuid
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from activities.models.choices import (
    Audience,
    Facility,
    Kind,
    Manner,
    PokjaDuty,
    Theme,
)
from activities.workflow import PUBLIC, REPORT_WITHIN, TONES, Stage
from focal_points.models.duties import DUTY_SHORT
from institutions.models import PREREQUISITES, PROCESSES, Institution, LegalBasis, Region
from pug_portal.core.clock import WIB, local
from pug_portal.core.review import Reviewable


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of `day` in WIB and of the next day."""
    start = datetime.combine(day, time(), WIB)
    return start, start + timedelta(days=1)


class ActivityQuerySet(models.QuerySet):
    def published(self):
        """Return what the public sees."""
        return self.filter(stage__in=PUBLIC)

    def coming(self, now=None):
        """Return what is not over yet, in any stage that will take place."""
        return self.filter(ends_at__gte=now or timezone.now()).exclude(stage=Stage.WITHDRAWN)

    def past(self, now=None):
        return self.filter(ends_at__lt=now or timezone.now())

    def today(self, day=None):
        """Return announced activities that take place on the day (today in WIB)."""
        start, end = day_bounds(day or timezone.localdate())
        return self.filter(stage__in=[Stage.OPEN, Stage.HELD], starts_at__lt=end, ends_at__gte=start)

    def between(self, start: datetime, end: datetime):
        """Return what takes place, even partly, from `start` up to `end`."""
        return self.filter(starts_at__lt=end, ends_at__gte=start)

    def awaiting_approval(self):
        return self.filter(stage=Stage.SUBMITTED)

    def returned(self):
        return self.filter(stage=Stage.RETURNED)

    def awaiting_publication(self):
        """Return approved proposals that nobody has announced yet."""
        return self.filter(stage=Stage.APPROVED)

    def awaiting_report(self, now=None):
        """Return what took place and is not reported."""
        return self.filter(stage__in=[Stage.OPEN, Stage.HELD], ends_at__lt=now or timezone.now())

    def late_with_report(self, now=None):
        """Return what should have been reported fourteen days after its end."""
        return self.awaiting_report((now or timezone.now()) - REPORT_WITHIN)

    def awaiting_conclusion(self):
        """Return reported activities whose result is not public yet."""
        return self.filter(stage=Stage.REPORTED)

    def withdrawn(self):
        return self.filter(stage=Stage.WITHDRAWN)

    def organised_by(self, institution_ids):
        return self.filter(organiser__in=institution_ids)

    def for_lists(self):
        """Load what a row of a list shows, and no long text."""
        return self.select_related("organiser").only(
            "id",
            "slug",
            "title",
            "kind",
            "stage",
            "starts_at",
            "ends_at",
            "place",
            "manner",
            "quota",
            "organiser__name",
            "organiser__abbreviation",
        )


class Activity(Reviewable):
    """What an institution does for gender mainstreaming: where, when, for whom, with what result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(
        "status", max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    slug = models.SlugField("alamat halaman", max_length=90, unique=True, editable=False)
    title = models.CharField("nama kegiatan", max_length=160)
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    theme = models.CharField("tema", max_length=20, choices=Theme.choices)
    organiser = models.ForeignKey(
        Institution, models.PROTECT, related_name="activities", verbose_name="penyelenggara"
    )
    partners = models.ManyToManyField(
        Institution, blank=True, related_name="joint_activities", verbose_name="mitra"
    )
    # The six headings of the office's activity page
    programme = models.TextField("program dan kegiatan", max_length=3000)
    purpose = models.TextField("maksud dan tujuan", max_length=5000)
    results = models.TextField("hasil kegiatan", max_length=5000, blank=True)
    audience = models.TextField("sasaran kegiatan", max_length=3000)
    innovation = models.TextField("hasil inovasi", max_length=5000, blank=True)
    legal_bases = models.ManyToManyField(
        LegalBasis, blank=True, related_name="activities", verbose_name="dasar hukum"
    )
    legal_text = models.TextField("dasar hukum lain", max_length=3000, blank=True)
    # When and where
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    manner = models.CharField("cara", max_length=10, choices=Manner.choices, default=Manner.ONSITE)
    place = models.CharField("tempat", max_length=160, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name="kelurahan atau kecamatan"
    )
    quota = models.PositiveIntegerField("kuota peserta", null=True, blank=True)
    # For whom
    audience_groups = models.JSONField("kelompok sasaran", default=list, blank=True)
    target_female = models.PositiveIntegerField("sasaran perempuan", null=True, blank=True)
    target_male = models.PositiveIntegerField("sasaran laki-laki", null=True, blank=True)
    facilities = models.JSONField("aksesibilitas", default=list, blank=True)
    # What it counts for
    pokja_duty = models.PositiveSmallIntegerField(
        "tugas Pokja", choices=PokjaDuty.choices, null=True, blank=True
    )
    focal_duty = models.PositiveSmallIntegerField(
        "tugas focal point", choices=DUTY_SHORT, null=True, blank=True
    )
    # Digits of the numbered lists, as in the evidence vault
    prerequisites = models.CharField("prasyarat PUG", max_length=7, blank=True)
    processes = models.CharField("proses pembangunan", max_length=7, blank=True)
    # After it took place
    present_female = models.PositiveIntegerField("hadir perempuan", null=True, editable=False)
    present_male = models.PositiveIntegerField("hadir laki-laki", null=True, editable=False)
    counted_female = models.PositiveIntegerField("dihitung di tempat, perempuan", default=0)
    counted_male = models.PositiveIntegerField("dihitung di tempat, laki-laki", default=0)
    obstacles = models.TextField("kendala", max_length=3000, blank=True)
    follow_up = models.TextField("rencana tindak lanjut", max_length=3000, blank=True)
    summary = models.TextField("ringkasan untuk umum", max_length=2000, blank=True)
    reported_at = models.DateTimeField("dilaporkan", null=True, editable=False)
    announced_at = models.DateTimeField("diumumkan", null=True, editable=False)
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    HEADINGS = (
        ("programme", "Program dan kegiatan"),
        ("purpose", "Maksud dan tujuan"),
        ("results", "Hasil kegiatan"),
        ("audience", "Sasaran kegiatan"),
        ("innovation", "Hasil inovasi"),
    )
    reviewed_fields = (
        "title",
        "kind",
        "theme",
        "organiser_id",
        "programme",
        "purpose",
        "results",
        "audience",
        "innovation",
        "legal_text",
        "starts_at",
        "ends_at",
        "manner",
        "place",
        "region_id",
        "quota",
        "audience_groups",
        "facilities",
        "pokja_duty",
        "focal_duty",
    )

    class Meta(Reviewable.Meta):
        abstract = False
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-starts_at", "-id"]
        permissions = [
            ("propose_activity", "Mengusulkan kegiatan"),
            ("publish_activity", "Menyetujui, mengumumkan, dan menarik kegiatan"),
            ("report_activity", "Melaporkan kegiatan"),
        ]
        constraints = [
            *Reviewable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="activity_ends_after_it_starts",
                violation_error_message="Kegiatan harus selesai sesudah mulai.",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="activity_when"),
            models.Index(fields=["stage", "-starts_at", "-id"], name="activity_stage_when"),
            models.Index(fields=["organiser", "-starts_at", "-id"], name="activity_organiser_when"),
            models.Index(fields=["kind", "-starts_at", "-id"], name="activity_kind_when"),
            models.Index(fields=["stage", "ends_at"], name="activity_stage_end"),
        ]

    def __str__(self):
        return self.title

    def audit_label(self):
        return self.slug

    def get_absolute_url(self):
        """Return the public page (the admin's "view on site" asks)."""
        return reverse("activities:activity", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.stage in PUBLIC

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come: attendance is marked from the morning on."""
        return timezone.localdate() >= local(self.starts_at).date()

    @property
    def days(self) -> list[date]:
        """The days it lasts, at most thirty-one."""
        first, last = local(self.starts_at).date(), local(self.ends_at).date()
        return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 31))]

    @property
    def report_due(self) -> datetime:
        return self.ends_at + REPORT_WITHIN

    @property
    def waits_for_report(self) -> bool:
        return self.stage in (Stage.OPEN, Stage.HELD) and self.is_over

    @property
    def tone(self) -> str:
        if self.waits_for_report:
            return "late" if self.report_due < timezone.now() else "wait"
        return TONES[self.stage]

    @property
    def word(self) -> str:
        """The stage as an office says it: past and unreported is worth a word of its own."""
        return "Menunggu laporan" if self.waits_for_report else self.get_stage_display()

    @property
    def where(self) -> str:
        if self.manner == Manner.ONLINE:
            return "Daring"
        return f"{self.place} dan daring" if self.manner == Manner.BOTH else self.place

    @property
    def present_total(self) -> int | None:
        if self.present_female is None:
            return None
        return self.present_female + self.present_male

    def headings(self) -> list[tuple[str, list[str]]]:
        """Return (heading, lines) of the blocks that hold something."""
        blocks = [(words, _lines(getattr(self, name))) for name, words in self.HEADINGS]
        return [block for block in blocks if block[1]]

    @property
    def legal_lines(self) -> list[str]:
        return _lines(self.legal_text)

    @property
    def audience_words(self) -> list[str]:
        return _labels(Audience, self.audience_groups)

    @property
    def facility_words(self) -> list[str]:
        return _labels(Facility, self.facilities)

    @property
    def prerequisite_words(self) -> list[str]:
        return [PREREQUISITES[int(digit)] for digit in self.prerequisites]

    @property
    def process_words(self) -> list[str]:
        return [PROCESSES[int(digit)] for digit in self.processes]


def _lines(text: str) -> list[str]:
    """Return the lines of a block; bullets that came along with pasted text are taken off."""
    lines = (line.strip().lstrip("•-*–").strip() for line in text.splitlines())
    return [line for line in lines if line]


def _labels(choices, values) -> list[str]:
    labels = dict(choices.choices)
    return [str(labels[value]) for value in values if value in labels]
