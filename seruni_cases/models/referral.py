"""A request to a partner, with a packet of exactly the fields that were agreed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.crypto import (
    ConfidentialModel,
    ConfidentialQuerySet,
    SealedJSONField,
    SealedTextField,
)
from pug_portal.core.versions import Versioned
from seruni_cases.models.case import Case
from seruni_cases.models.consent import Consent
from seruni_cases.models.fields import coded, person_key
from seruni_cases.workflow import LIVE, REFERRAL_TONES, TAKEN, WAITING, Referred, Urgency


class ReferralQuerySet(ConfidentialQuerySet):
    def live(self):
        return self.filter(status__in=LIVE)

    def waiting_answer(self):
        return self.filter(status__in=WAITING)

    def late(self, at=None):
        return self.waiting_answer().filter(answer_due__lt=at or timezone.now())

    def waiting_feedback(self):
        return self.filter(status__in=TAKEN)

    def come_back(self):
        """Return what returned to its sender unhelped: declined, expired, sent back."""
        return self.filter(status__in=[Referred.DECLINED, Referred.EXPIRED, Referred.RETURNED], seen_at=None)

    def with_news(self):
        """Return what was answered, reported back or let lapse, and not yet read by its sender."""
        return self.exclude(status__in=[*WAITING, Referred.REVOKED]).filter(seen_at=None)

    def reach_partner(self):
        """Return what a partner may still see; revoked and expired requests are gone."""
        return self.exclude(status__in=[Referred.REVOKED, Referred.EXPIRED])


class Referral(ConfidentialModel, Versioned):
    """One request to one institution. The partner reads the packet, never the case."""

    class Basis(models.TextChoices):
        CONSENT = "persetujuan", "Persetujuan"
        VITAL = "kepentingan_vital", "Kepentingan vital (nyawa terancam)"
        DUTY = "kewajiban_hukum", "Kewajiban hukum"

    class Attended(models.TextChoices):
        YES = "hadir", "Hadir"
        NO = "tidak", "Tidak hadir"
        LATER = "jadwal_ulang", "Dijadwalkan ulang"

    class Result(models.TextChoices):
        GIVEN = "selesai", "Layanan selesai diberikan"
        GOING_ON = "berlanjut", "Layanan masih berlanjut"
        NOT_GIVEN = "tidak", "Layanan tidak dapat diberikan"

    cipher_scope = "case_id"

    code = models.CharField("kode rujukan", max_length=16, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals", verbose_name="kasus")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name="lembaga tujuan"
    )
    service = models.CharField("layanan yang diminta", max_length=20)
    urgency = models.CharField("kemendesakan", max_length=12, choices=Urgency.choices)
    basis = models.CharField("dasar berbagi", max_length=20, choices=Basis.choices)
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name="persetujuan"
    )
    basis_reason = SealedTextField("alasan tanpa persetujuan", null=True, blank=True, pad=256)
    shared = models.JSONField("bidang yang dibagikan", default=list)
    packet = SealedJSONField("isi paket", pad=256)
    # What a partner sees before it accepts: copied, so that nobody reads the case for it.
    kecamatan = models.CharField("kecamatan", max_length=80, blank=True)
    age_band = models.CharField("kelompok umur", max_length=8, blank=True)
    status = models.CharField(
        "status", max_length=16, choices=Referred.choices, default=Referred.SENT, editable=False
    )
    sent_at = models.DateTimeField("dikirim", default=timezone.now, editable=False)
    sent_by = person_key("dikirim oleh", editable=False)
    answer_due = models.DateTimeField("batas jawaban")
    opened_at = models.DateTimeField("dibuka", null=True, blank=True, editable=False)
    answered_at = models.DateTimeField("dijawab", null=True, blank=True, editable=False)
    answered_by = person_key("dijawab oleh", null=True, blank=True, editable=False)
    decline_reason = coded("alasan tidak bisa")
    answer_note = SealedTextField("catatan jawaban", null=True, blank=True, pad=256)
    appointment_at = models.DateTimeField("janji temu", null=True, blank=True)
    attended = coded("hadir", choices=Attended.choices)
    result = coded("hasil", choices=Result.choices)
    needs_more = coded("perlu layanan lanjutan")
    feedback_note = SealedTextField("catatan umpan balik", null=True, blank=True, pad=256)
    reported_at = models.DateTimeField("umpan balik", null=True, blank=True, editable=False)
    reported_by = person_key("umpan balik oleh", null=True, blank=True, editable=False)
    seen_at = models.DateTimeField("kabar dibaca", null=True, blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Classified:
        s0 = ("id", "version", "service", "status", "urgency", "kecamatan", "age_band")
        s1 = (
            "code",
            "case",
            "institution",
            "basis",
            "consent",
            "shared",
            "sent_at",
            "sent_by",
            "answer_due",
            "opened_at",
            "answered_at",
            "answered_by",
            "decline_reason",
            "appointment_at",
            "attended",
            "result",
            "needs_more",
            "reported_at",
            "reported_by",
            "seen_at",
        )
        s2 = ("basis_reason", "answer_note", "feedback_note")
        s3 = ("packet",)

    class Meta:
        verbose_name = "rujukan"
        verbose_name_plural = "rujukan"
        default_permissions = ("view",)
        permissions = [
            ("refer_case", "Merujuk"),
            ("answer_referral", "Menjawab rujukan"),
            ("report_back", "Memberi umpan balik rujukan"),
        ]
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["institution", "-sent_at", "-id"], name="referral_partner"),
            models.Index(fields=["case", "-sent_at"], name="referral_case"),
            models.Index(fields=["status", "answer_due"], name="referral_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis="persetujuan", consent__isnull=False) | ~Q(basis="persetujuan"),
                name="shared_with_consent_or_named_ground",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Referred]), name="referral_status_legal"
            ),
        ]

    def __str__(self):
        return self.code

    def audit_label(self):
        return self.code

    @property
    def tone(self) -> str:
        return REFERRAL_TONES.get(self.status, "plain")

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_taken(self) -> bool:
        return self.status in TAKEN

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.answer_due < timezone.now()
