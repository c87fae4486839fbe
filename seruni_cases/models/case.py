"""A registered case: coded facts in the clear, everything told sealed under the case's key."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from institutions.models import Region
from pug_portal.core.clock import AgeBand
from pug_portal.core.crypto import ConfidentialModel, ConfidentialQuerySet, SealedTextField
from pug_portal.core.versions import Versioned
from seruni_cases.models.complaint import Complaint
from seruni_cases.models.fields import SEXES, YES_NO, coded, person_key
from seruni_cases.models.people import Person
from seruni_cases.workflow import OPEN, TONES, Risk, Status


class CaseQuerySet(ConfidentialQuerySet):
    def open(self):
        return self.filter(running=1)

    def waiting_approval(self):
        return self.filter(status=Status.AWAITING)

    def waiting_closure(self):
        return self.filter(status=Status.CLOSING)

    def without_companion(self):
        """Return open cases that nobody accompanies today."""
        held = CaseAssignment.objects.current().filter(part=CaseAssignment.Part.COMPANION)
        return self.open().exclude(pk__in=held.values("case"))

    def follow_up_due(self, day=None):
        return self.open().filter(next_follow_up__lte=day or timezone.localdate())

    def quiet_since(self, moment):
        """Return open cases in which nothing happened since `moment`."""
        return self.open().filter(touched_at__lt=moment)

    def for_list(self):
        """Return what a list shows, and nothing else."""
        shown = ("code", "number", "status", "risk", "age_band", "registered_at", "next_follow_up")
        return self.select_related("kecamatan").only(*shown, "kecamatan__name")


class Case(ConfidentialModel, Versioned):
    """One survivor's case. The row knows her by code only."""

    code = models.CharField("kode kasus", max_length=16, unique=True, editable=False)
    number = models.CharField("nomor register", max_length=24, unique=True, editable=False)
    complaint = models.OneToOneField(
        Complaint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case",
        verbose_name="aduan asal",
    )
    survivor = models.ForeignKey(
        Person,
        models.PROTECT,
        to_field="code",
        related_name="cases",
        verbose_name="kode penyintas",
    )
    status = models.CharField(
        "tahap", max_length=24, choices=Status.choices, default=Status.REGISTRATION, editable=False
    )
    # 1 or 0, kept by the database: one index serves what "one of nine stages" would have to sort.
    running = models.GeneratedField(
        verbose_name="berjalan",
        expression=models.Case(
            models.When(status__in=sorted(s.value for s in OPEN), then=models.Value(1)),
            default=models.Value(0),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    returns_to = models.CharField(max_length=24, blank=True, default="", editable=False)
    risk = models.CharField("risiko", max_length=14, choices=Risk.choices, default=Risk.UNKNOWN)
    category = coded("kategori")
    sex = coded("jenis kelamin", choices=SEXES)
    birth_year = models.PositiveSmallIntegerField("tahun lahir", null=True, blank=True)
    age_band = models.CharField(
        "kelompok umur", max_length=8, choices=AgeBand.choices, default=AgeBand.UNKNOWN
    )
    age_estimated = models.BooleanField("umur perkiraan", default=False)
    kelurahan = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kelurahan"
    )
    kecamatan = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kecamatan"
    )
    outside = coded("tempat lain")
    place = coded("tempat kejadian")
    relation = coded("hubungan terlapor")
    education = coded("pendidikan")
    work = coded("pekerjaan")
    marital = coded("status perkawinan")
    disability = coded("disabilitas")
    statistics = coded("boleh dihitung dalam statistik", choices=YES_NO, default="not_asked")
    registered_at = models.DateTimeField("didaftarkan", default=timezone.now, editable=False)
    registered_by = person_key("didaftarkan oleh", editable=False)
    touched_at = models.DateTimeField("kegiatan terakhir", default=timezone.now, editable=False)
    next_follow_up = models.DateField("tindak lanjut berikut", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup", null=True, blank=True, editable=False)
    closure_reason = coded("alasan penutupan", editable=False)

    objects = CaseQuerySet.as_manager()

    class Classified:
        s0 = (
            "id",
            "version",
            "sex",
            "age_band",
            "kecamatan",
            "category",
            "place",
            "relation",
            "education",
            "work",
            "marital",
            "disability",
            "status",
            "running",
            "returns_to",
            "risk",
            "statistics",
            "closure_reason",
        )
        s1 = (
            "code",
            "number",
            "complaint",
            "survivor",
            "birth_year",
            "age_estimated",
            "kelurahan",
            "outside",
            "registered_at",
            "registered_by",
            "touched_at",
            "next_follow_up",
            "closed_at",
        )

    class Meta:
        verbose_name = "kasus"
        verbose_name_plural = "kasus"
        default_permissions = ("view",)
        permissions = [
            ("view_caseload", "Melihat daftar kasus"),
            ("register_case", "Mendaftarkan kasus"),
            ("move_case", "Memindahkan tahap kasus"),
            ("assign_case", "Menunjuk petugas dan mengalihkan kasus"),
            ("exclude_user", "Mengecualikan petugas dari kasus"),
            ("approve_plan", "Menyetujui rencana"),
            ("reopen_case", "Membuka kembali kasus"),
            ("note_case", "Menulis kronologi"),
            ("reveal_identity", "Membuka identitas"),
            ("view_shelter", "Melihat rumah aman"),
            ("view_figures", "Melihat angka kasus"),
        ]
        ordering = ["-registered_at"]
        indexes = [
            # Every filter of the list, in its order; those without a stage mean the running cases.
            models.Index(fields=["-registered_at", "-id"], name="case_newest"),
            models.Index(fields=["running", "-registered_at", "-id"], name="case_running"),
            models.Index(fields=["running", "risk", "-registered_at", "-id"], name="case_risk"),
            models.Index(fields=["running", "kecamatan", "-registered_at", "-id"], name="case_kecamatan"),
            models.Index(fields=["running", "age_band", "-registered_at", "-id"], name="case_age"),
            models.Index(fields=["running", "next_follow_up"], name="case_follow_up"),
            models.Index(fields=["running", "touched_at"], name="case_touched"),
            models.Index(fields=["status", "-registered_at", "-id"], name="case_status"),
            models.Index(fields=["status", "risk", "-registered_at", "-id"], name="case_status_risk"),
            models.Index(
                fields=["status", "kecamatan", "risk", "age_band", "-registered_at", "-id"],
                name="case_status_place",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="case_status_is_legal"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | (Q(closed_at__isnull=False) & ~Q(closure_reason="")),
                name="closed_case_has_time_and_reason",
            ),
        ]

    def __str__(self):
        return self.code

    def audit_label(self):
        return self.code

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "ok")

    def companion(self) -> "CaseAssignment | None":
        """Return the term of the companion of today, None when nobody accompanies.

        Reads all terms of the case (a handful), so that a page may fetch them beforehand.
        """
        companions = [t for t in self.assignments.all() if t.part == CaseAssignment.Part.COMPANION]
        return max((t for t in companions if t.is_current), key=lambda t: t.starts, default=None)


class CaseViolence(models.Model):
    """One form of violence of a case; a person may have suffered several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="violence", verbose_name="kasus")
    list = models.CharField("daftar", max_length=20)
    code = models.CharField("kode", max_length=20)

    class Meta:
        verbose_name = "bentuk kekerasan kasus"
        verbose_name_plural = "bentuk kekerasan kasus"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "list", "code"], name="violence_once_per_case")
        ]
        indexes = [models.Index(fields=["list", "code"], name="violence_code")]

    def __str__(self):
        return self.code


class CaseAssignmentQuerySet(models.QuerySet):
    def current(self, at=None):
        day = at or timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day), starts__lte=day)


class CaseAssignment(models.Model):
    """Who works on a case, as what, from when until when (`ends` is the first day without)."""

    class Part(models.TextChoices):
        COMPANION = "pendamping", "Pendamping"
        MANAGER = "manajer", "Manajer kasus"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments", verbose_name="kasus")
    user = person_key("petugas", related_name="case_assignments")
    part = models.CharField("sebagai", max_length=12, choices=Part.choices)
    starts = models.DateField("mulai", default=timezone.localdate)
    ends = models.DateField("sampai", null=True, blank=True)
    assigned_by = person_key("ditunjuk oleh", null=True)

    objects = CaseAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan kasus"
        verbose_name_plural = "penugasan kasus"
        default_permissions = ()
        indexes = [
            models.Index(fields=["user", "part", "ends"], name="assignment_user"),
            models.Index(fields=["case", "part", "ends"], name="assignment_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"],
                condition=Q(ends__isnull=True),
                name="one_open_assignment_per_part",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="assignment_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.get_part_display()

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return self.starts <= today and (self.ends is None or self.ends > today)


class CaseNote(ConfidentialModel):
    """One entry of the chronology: told, planned, or the reason of a move."""

    class Kind(models.TextChoices):
        STORY = "kronologi", "Kronologi"
        ASSESSMENT = "asesmen", "Asesmen"
        PLAN = "rencana", "Rencana"
        MOVE = "tahap", "Alasan tahap"

    cipher_scope = "case_id"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes", verbose_name="kasus")
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, default=Kind.STORY)
    text = SealedTextField("uraian", pad=256)
    happened_at = models.DateTimeField("waktu kejadian", default=timezone.now)
    written_at = models.DateTimeField("ditulis", default=timezone.now, editable=False)
    author = person_key("penulis", editable=False)

    class Classified:
        s0 = ("id",)
        s1 = ("case", "kind", "happened_at", "written_at", "author")
        s2 = ("text",)

    class Meta:
        verbose_name = "catatan kronologi"
        verbose_name_plural = "catatan kronologi"
        default_permissions = ()
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["case", "-happened_at"], name="note_case_time")]

    def __str__(self):
        return self.get_kind_display()


class Exclusion(models.Model):
    """Somebody who must not know that a file exists: a relative, a neighbour, a colleague."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A case or a complaint; no key, so that nothing leads from an account to files.
    file = models.UUIDField("berkas", editable=False, db_index=True)
    user = person_key("dikecualikan")
    by = person_key("dicatat oleh")
    at = models.DateTimeField("sejak", auto_now_add=True)

    class Meta:
        verbose_name = "pengecualian"
        verbose_name_plural = "pengecualian"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["file", "user"], name="excluded_once_per_file")]

    def __str__(self):
        return str(self.file)


class IdentityReveal(ConfidentialModel):
    """Somebody opened an identity: when, for how long, why. The supervisor reads the list."""

    cipher_scope = "file"

    file = models.UUIDField("berkas", editable=False)
    # The code of the case or complaint, for the supervisor's list.
    label = models.CharField("kode", max_length=16, editable=False)
    by = person_key("dibuka oleh", editable=False)
    at = models.DateTimeField("dibuka", default=timezone.now, editable=False)
    until = models.DateTimeField("sampai", editable=False)
    reason = coded("alasan")
    note = SealedTextField("catatan", pad=256)

    class Classified:
        s0 = ("id",)
        s1 = ("file", "label", "by", "at", "until", "reason")
        s2 = ("note",)

    class Meta:
        verbose_name = "pembukaan identitas"
        verbose_name_plural = "pembukaan identitas"
        default_permissions = ()
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["file", "by", "until"], name="reveal_file_by"),
            models.Index(fields=["-at", "-id"], name="reveal_newest"),
        ]

    def __str__(self):
        return self.label
