"""What every room leans on: forms sent once, drafts, letters waiting, files, notes, key check."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pug_portal.core.crypto import ConfidentialModel, SealedJSONField, SealedTextField


class KeyCheck(models.Model):
    """A known text sealed under each root key: tells at the start whether the ring fits the data."""

    ring_id = models.PositiveSmallIntegerField("nomor kunci", primary_key=True)
    value = models.CharField("nilai uji", max_length=64)

    class Meta:
        app_label = "core"
        verbose_name = "nilai uji kunci"
        verbose_name_plural = "nilai uji kunci"
        default_permissions = ()

    def __str__(self):
        return f"kunci {self.ring_id}"


class Submission(models.Model):
    """One form sent once. The second sending of the same form gets the first one's answer."""

    key = models.UUIDField("kunci formulir", primary_key=True)
    user_id = models.CharField("pengirim", max_length=36, blank=True)
    answer = models.CharField("alamat jawaban", max_length=300)
    at = models.DateTimeField("waktu", auto_now_add=True, db_index=True)

    class Meta:
        app_label = "core"
        verbose_name = "kiriman formulir"
        verbose_name_plural = "kiriman formulir"
        default_permissions = ()

    def __str__(self):
        return str(self.key)


class Draft(ConfidentialModel):
    """What somebody typed and has not sent yet: sealed, on the server, for a short time."""

    cipher_scope = "office_scope"

    owner = models.CharField("pemilik", max_length=64, db_index=True)
    form = models.CharField("formulir", max_length=120)
    content = SealedJSONField("isi", pad=256)
    saved_at = models.DateTimeField("disimpan", auto_now=True)
    expires_at = models.DateTimeField("dibuang pada", db_index=True)

    class Classified:
        s0 = ("id", "owner", "form", "saved_at", "expires_at")
        s3 = ("content",)

    class Meta:
        app_label = "core"
        verbose_name = "draf"
        verbose_name_plural = "draf"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["owner", "form"], name="one_draft_per_form")]

    def __str__(self):
        return self.form


class OutboxMessage(ConfidentialModel):
    """A letter written in the transaction of its act, sent afterwards; address and words sealed."""

    cipher_scope = "office_scope"

    key = models.CharField("kunci", max_length=120, unique=True)
    letter = models.CharField("surat", max_length=60)
    recipient = SealedTextField("penerima")
    context = SealedJSONField("isian", pad=256)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    next_try_at = models.DateTimeField("dicoba lagi", default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)
    failed_at = models.DateTimeField("gagal", null=True, blank=True)
    problem = models.CharField("sebab", max_length=80, blank=True)

    class Classified:
        s0 = (
            "id",
            "key",
            "letter",
            "created_at",
            "next_try_at",
            "tries",
            "sent_at",
            "failed_at",
            "problem",
        )
        s3 = ("recipient", "context")

    class Meta:
        app_label = "core"
        verbose_name = "surat keluar"
        verbose_name_plural = "surat keluar"
        default_permissions = ("view",)
        ordering = ["-created_at"]

    def __str__(self):
        return self.letter


class ObligationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(stopped_at__isnull=True)

    def late(self, at=None):
        return self.open().filter(due_at__lt=at or timezone.now())

    def open_for(self, user):
        """Return the open duties of a person: her own, and those waiting for a role she holds today.

        A duty that names an institution waits only for the role held there.
        """
        mine = Q(owner=user)
        for term in user.assignments:
            place = Q(institution__isnull=True) | Q(institution=term.institution_id)
            mine |= Q(owner__isnull=True, owner_role=term.role) & place
        return self.open().filter(mine)

    def about(self, target):
        return self.filter(target_type=target._meta.label_lower, target_id=target.pk)


class Obligation(models.Model):
    """A duty with a clock: what, since when, until when, whose, and what stopped it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("kewajiban", max_length=60)
    target_type = models.CharField("jenis sasaran", max_length=60)
    target_id = models.UUIDField("sasaran")
    target_label = models.CharField("sebutan", max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pemegang",
    )
    owner_role = models.CharField("peran pemegang", max_length=30, blank=True)
    institution = models.ForeignKey(
        settings.INSTITUTION_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lembaga",
    )
    started_at = models.DateTimeField("mulai")
    due_at = models.DateTimeField("batas", db_index=True)
    stopped_at = models.DateTimeField("selesai", null=True, blank=True)
    late_reason = models.CharField("alasan terlambat", max_length=200, blank=True)
    escalated_at = models.DateTimeField("dinaikkan", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        app_label = "core"
        verbose_name = "tenggat"
        verbose_name_plural = "tenggat"
        default_permissions = ()
        indexes = [
            models.Index(fields=["target_id", "kind"], name="obligation_target"),
            models.Index(fields=["owner_role", "stopped_at", "due_at"], name="obligation_role_due"),
            models.Index(fields=["owner", "stopped_at", "due_at"], name="obligation_owner_due"),
        ]

    def __str__(self):
        return f"{self.kind} {self.target_label}"

    @property
    def is_late(self) -> bool:
        return self.stopped_at is None and self.due_at < timezone.now()

    @property
    def time_left(self) -> timedelta:
        return self.due_at - timezone.now()


class StoredFile(models.Model):
    """An uploaded file, encrypted on disk under a random name; served through one view."""

    class Klass(models.TextChoices):
        PUBLIC = "public", "Publik"
        INTERNAL = "internal", "Internal"
        RESTRICTED = "restricted", "Terbatas"
        CONFIDENTIAL = "confidential", "Rahasia"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = models.CharField("sidik", max_length=64, db_index=True)
    klass = models.CharField("kelas", max_length=12, choices=Klass.choices, default=Klass.INTERNAL)
    scope = models.UUIDField("berkas kasus", null=True, blank=True, db_index=True)
    storage_name = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    created_at = models.DateTimeField("diunggah", auto_now_add=True)

    class Meta:
        app_label = "core"
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        default_permissions = ()

    def __str__(self):
        return self.name

    def audit_label(self):
        return self.sha256[:12]


class ReviewNote(models.Model):
    """A remark of a reviewer at one field of what was submitted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target_type = models.CharField(max_length=60, editable=False)
    target_id = models.UUIDField(editable=False)
    field = models.CharField("bidang", max_length=60, blank=True)
    text = models.TextField("catatan", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penelaah"
    )
    at = models.DateTimeField("waktu", auto_now_add=True)
    settled_at = models.DateTimeField("sudah diperbaiki", null=True, blank=True)

    class Meta:
        app_label = "core"
        verbose_name = "catatan telaah"
        verbose_name_plural = "catatan telaah"
        default_permissions = ()
        ordering = ["at"]
        indexes = [models.Index(fields=["target_id", "settled_at"], name="note_target")]

    def __str__(self):
        return self.field or "umum"
