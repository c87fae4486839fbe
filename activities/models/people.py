"""Who speaks, who takes part, who was there.

A participant's name and contact are sealed under the key of the activity: lists decrypt a page,
nothing sorts or searches them in the database, and destroying one key forgets a whole list.
"""

import uuid

from django.db import models
from django.utils import timezone

from activities.models.activity import Activity
from activities.models.choices import Audience
from institutions.models import Region, Sex
from pug_portal.core.crypto import ConfidentialModel, ConfidentialQuerySet, SealedTextField


class Speaker(models.Model):
    """Somebody announced on the programme; speaks in public, so the name is open if agreed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="speakers", verbose_name="kegiatan")
    name = models.CharField("nama", max_length=120)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    origin = models.CharField("lembaga", max_length=160, blank=True)
    topic = models.CharField("topik", max_length=160, blank=True)
    is_shown = models.BooleanField(
        "tampilkan nama di halaman umum",
        default=True,
        help_text="Hapus centang bila narasumber tidak ingin namanya diumumkan.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=1)

    class Meta:
        verbose_name = "narasumber"
        verbose_name_plural = "narasumber"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def audit_label(self):
        return self.activity.slug


class ParticipantQuerySet(ConfidentialQuerySet):
    def registered(self):
        """Return those whose registration was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def present(self, day=None):
        """Return those who came (on `day`, or on any day)."""
        came = Attendance.objects.filter(participant=models.OuterRef("pk"))
        return self.filter(models.Exists(came.filter(day=day) if day else came))

    def absent(self, day=None):
        came = Attendance.objects.filter(participant=models.OuterRef("pk"))
        return self.registered().exclude(models.Exists(came.filter(day=day) if day else came))


class Participant(ConfidentialModel):
    """A person on the list of one activity."""

    cipher_scope = "activity_id"

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        related_name="participants",
        verbose_name="kegiatan",
        editable=False,
    )
    number = models.PositiveIntegerField("nomor urut", editable=False)
    code = models.CharField("kode tiket", max_length=6, editable=False)
    name = SealedTextField("nama", pad=32)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    origin = models.CharField("instansi atau lembaga", max_length=160, blank=True)
    position = models.CharField("jabatan", max_length=80, blank=True)
    group = models.CharField("unsur", max_length=20, choices=Audience.choices, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kelurahan",
    )
    contact = SealedTextField("telepon atau surel", pad=32, null=True, blank=True)
    may_contact = models.BooleanField("bersedia dihubungi", default=False)
    registered_at = models.DateTimeField("didaftarkan", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("dibatalkan", null=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Classified:
        s0 = ("id", "activity", "number", "sex", "group", "registered_at", "withdrawn_at")
        s1 = ("code", "origin", "position", "region", "may_contact")
        s3 = ("name", "contact")

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["activity", "number"]
        default_permissions = ()
        permissions = [
            ("register_participant", "Mendaftarkan peserta"),
            ("export_participant", "Mengunduh daftar peserta"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="participant_number_once"),
            models.UniqueConstraint(fields=["activity", "code"], name="participant_code_once"),
        ]

    def __str__(self):
        return f"peserta {self.number}"

    def audit_label(self):
        return f"{self.activity.slug} no. {self.number}"


class Attendance(models.Model):
    """A participant was there on one day of the activity."""

    class Way(models.TextChoices):
        LIST = "list", "Daftar"
        CODE = "code", "Kode"
        NAME = "name", "Nama"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="attendances", verbose_name="peserta"
    )
    day = models.DateField("hari")
    at = models.DateTimeField("dicatat", default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    way = models.CharField("cara", max_length=6, choices=Way.choices, default=Way.LIST)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ["day", "at"]
        default_permissions = ()
        permissions = [("mark_attendance", "Mencatat kehadiran")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "day"], name="attendance_once_a_day"),
        ]

    def __str__(self):
        return f"{self.participant} {self.day}"

    def audit_label(self):
        return self.participant.audit_label()
