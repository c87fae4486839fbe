"""What a survivor allows: for what, to whom, which data, until when. Enforced by the server."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.crypto import ConfidentialModel, ConfidentialQuerySet, SealedTextField
from pug_portal.core.versions import Versioned
from seruni_cases.models.case import Case
from seruni_cases.models.fields import coded, person_key

DEFAULT_DAYS = 90


class DataKind(models.TextChoices):
    IDENTITY = "identitas", "Identitas (nama, panggilan, NIK)"
    CONTACT = "kontak", "Kontak dan alamat"
    SUMMARY = "ringkasan", "Ringkasan kejadian"
    HEALTH = "kesehatan", "Kesehatan"
    LEGAL = "hukum", "Hukum"
    CHILDREN = "anak", "Anak dan tanggungan"
    RISK = "risiko", "Tingkat risiko"


class ConsentQuerySet(ConfidentialQuerySet):
    def live(self, at=None):
        day = at or timezone.localdate()
        return self.filter(status=Consent.Status.ACTIVE, starts__lte=day, ends__gte=day)

    def for_service(self):
        return self.filter(purpose=Consent.Purpose.SERVICE)

    def covering(self, institution, family: str):
        """Return lines that allow sharing with this institution, by name or by its family."""
        named = Q(institution=institution)
        by_family = Q(institution__isnull=True, family=family) if family else Q(pk__in=[])
        return self.filter(named | by_family, purpose=Consent.Purpose.REFERRAL)


def default_end():
    return timezone.localdate() + timedelta(days=DEFAULT_DAYS)


class Consent(ConfidentialModel, Versioned):
    """One line of consent. A refusal is a line too."""

    class Purpose(models.TextChoices):
        SERVICE = "layanan", "Pencatatan dan penanganan"
        REFERRAL = "rujukan", "Berbagi dengan lembaga lain"
        CONFERENCE = "rapat", "Rapat kasus"
        STATISTICS = "statistik", "Statistik tanpa nama"
        RECORDING = "dokumentasi", "Foto atau rekaman"
        CONTACT = "hubungi", "Dihubungi lagi"

    class Giver(models.TextChoices):
        SURVIVOR = "penyintas", "Ia sendiri"
        GUARDIAN = "wali", "Orang tua atau wali"
        SUBSTITUTE = "wali_pengganti", "Wali pengganti (wali adalah terlapor)"
        SOCIAL_OFFICE = "dinsos", "Dinas Sosial"

    class Manner(models.TextChoices):
        SIGNED = "tanda_tangan", "Tanda tangan"
        THUMB = "cap_jempol", "Cap jempol"
        WITNESSED = "lisan", "Lisan, disaksikan dua petugas"
        TELEPHONE = "telepon", "Telepon, dengan telepon balik"

    class Status(models.TextChoices):
        ACTIVE = "aktif", "Berlaku"
        REFUSED = "ditolak", "Tidak diizinkan"
        WITHDRAWN = "dicabut", "Dicabut"

    cipher_scope = "case_id"

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents", verbose_name="kasus")
    purpose = models.CharField("tujuan", max_length=12, choices=Purpose.choices)
    family = coded("kelompok lembaga")
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lembaga",
    )
    data = models.JSONField("data yang boleh dibagikan", default=list, blank=True)
    starts = models.DateField("mulai", default=timezone.localdate)
    ends = models.DateField("sampai", default=default_end)
    giver = models.CharField("pemberi", max_length=16, choices=Giver.choices)
    manner = models.CharField("cara", max_length=14, choices=Manner.choices)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.ACTIVE)
    words = SealedTextField("kata-kata", null=True, blank=True, pad=256)
    recorded_by = person_key("dicatat oleh", editable=False)
    recorded_at = models.DateTimeField("dicatat", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("dicabut", null=True, blank=True, editable=False)
    withdrawn_by = person_key("pencabutan dicatat oleh", null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Classified:
        s0 = ("id", "version")
        s1 = (
            "case",
            "purpose",
            "family",
            "institution",
            "data",
            "starts",
            "ends",
            "giver",
            "manner",
            "status",
            "recorded_by",
            "recorded_at",
            "withdrawn_at",
            "withdrawn_by",
        )
        s2 = ("words",)

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        default_permissions = ()
        permissions = [("consent_case", "Mencatat persetujuan")]
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["case", "status", "ends"], name="consent_case_live")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts")), name="consent_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(purpose="rujukan") | Q(institution__isnull=False) | ~Q(family=""),
                name="sharing_names_its_recipient",
            ),
        ]

    def __str__(self):
        return self.get_purpose_display()

    @property
    def is_live(self) -> bool:
        today = timezone.localdate()
        return self.status == self.Status.ACTIVE and self.starts <= today <= self.ends

    def state(self) -> tuple[str, str]:
        """Return (word, tone) as of today."""
        if self.status != self.Status.ACTIVE:
            return self.get_status_display(), "stop"
        return ("Berlaku", "ok") if self.is_live else ("Berakhir", "wait")
