"""A report that somebody makes to the desk; it may become a case, or not."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from institutions.models import Institution, Region
from pug_portal.core.answers import with_meta
from pug_portal.core.clock import AgeBand
from pug_portal.core.crypto import (
    BlindIndexField,
    ConfidentialModel,
    ConfidentialQuerySet,
    SealedTextField,
)
from pug_portal.core.versions import Versioned
from seruni_cases.models.fields import SEXES, YES_NO, coded, comparable_phone, person_key
from seruni_cases.models.people import SafeContact
from seruni_cases.workflow import SETTLED, UNSETTLED, Outcome, Risk


class Safe(models.TextChoices):
    YES = "aman", "Aman, bisa bicara"
    SHORT = "sebentar", "Sebentar saja"
    NO = "tidak", "Tidak aman sekarang"


class Sign(models.TextChoices):
    """Signs of danger; any of them pages the duty officer."""

    PRESENT = "lokasi", "Terlapor ada di lokasi"
    WEAPON = "senjata", "Ada senjata"
    INJURY = "luka", "Luka berat"
    CHILD = "anak", "Anak dalam bahaya"
    SUICIDE = "bunuh_diri", "Ingin bunuh diri"


class Outside(models.TextChoices):
    """Places that are no kelurahan of the city."""

    CITY = "LUAR", "Luar Kota Semarang"
    ONLINE = "DARING", "Ruang daring"


class ComplaintQuerySet(ConfidentialQuerySet):
    def unsettled(self):
        """Return what somebody still works on."""
        return self.filter(outcome__in=UNSETTLED)

    def waiting_triage(self):
        return self.filter(outcome="")

    def waiting_contact(self):
        return self.unsettled().filter(contacted_at__isnull=True)

    def waiting_supervisor(self):
        """Return complaints that somebody thinks are false; a second person decides."""
        return self.filter(outcome="", doubted_by__isnull=False)

    def waiting_registration(self):
        """Return complaints that became a case on paper and are not registered yet."""
        return self.filter(outcome=Outcome.CASE, case__isnull=True)


class Complaint(ConfidentialModel, Versioned):
    """One report. What was said is sealed under a key of its own."""

    code = models.CharField("kode aduan", max_length=16, unique=True, editable=False)
    received_at = models.DateTimeField("waktu terima", default=timezone.now)
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    channel = coded("kanal")
    receiver = person_key("petugas penerima", null=True)
    reporter = coded("yang menghubungi")
    survivor_knows = coded("ia tahu dilaporkan", choices=YES_NO)
    safe_to_talk = coded("aman bicara", choices=with_meta(Safe.choices))
    danger_now = coded("bahaya sekarang", choices=YES_NO)
    danger_signs = models.JSONField("tanda bahaya", default=list, blank=True)
    urgent_needs = models.JSONField("kebutuhan mendesak", default=list, blank=True)
    kelurahan = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kelurahan"
    )
    outside = coded("tempat lain", choices=Outside.choices)
    sex = coded("jenis kelamin", choices=SEXES)
    birth_year = models.PositiveSmallIntegerField("tahun lahir", null=True, blank=True)
    age_band = models.CharField(
        "kelompok umur", max_length=8, choices=AgeBand.choices, default=AgeBand.UNKNOWN
    )
    age_estimated = models.BooleanField("umur perkiraan", default=False)
    violence = models.JSONField("dugaan bentuk kekerasan", default=list, blank=True)
    called = SealedTextField("nama panggilan", null=True, blank=True)
    summary = SealedTextField("ringkasan", null=True, blank=True, pad=256)
    reporter_name = SealedTextField("nama pelapor", null=True, blank=True)
    reporter_phone = SealedTextField("telepon pelapor", null=True, blank=True)
    phone_index = BlindIndexField(of="reporter_phone", purpose="person.phone", normalise=comparable_phone)
    contacted_at = models.DateTimeField("kontak pertama", null=True, blank=True, editable=False)
    risk = models.CharField("risiko awal", max_length=14, choices=Risk.choices, default=Risk.UNKNOWN)
    authority = coded("kewenangan")
    outcome = models.CharField("hasil triase", max_length=20, choices=Outcome.choices, blank=True, default="")
    outcome_reason = SealedTextField("alasan triase", null=True, blank=True, pad=256)
    triaged_at = models.DateTimeField("ditriase", null=True, blank=True, editable=False)
    triaged_by = person_key("ditriase oleh", null=True, blank=True, editable=False)
    doubted_by = person_key("diragukan oleh", null=True, blank=True, editable=False)
    handed_to = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dilimpahkan ke",
    )
    merged_into = models.ForeignKey(
        "Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_complaints",
        verbose_name="digabung ke kasus",
    )

    objects = ComplaintQuerySet.as_manager()

    class Classified:
        s0 = (
            "id",
            "version",
            "created_at",
            "channel",
            "reporter",
            "sex",
            "age_band",
            "outcome",
            "risk",
        )
        s1 = (
            "code",
            "received_at",
            "receiver",
            "survivor_knows",
            "safe_to_talk",
            "danger_now",
            "danger_signs",
            "urgent_needs",
            "kelurahan",
            "outside",
            "birth_year",
            "age_estimated",
            "violence",
            "contacted_at",
            "authority",
            "triaged_at",
            "triaged_by",
            "doubted_by",
            "handed_to",
            "merged_into",
        )
        s2 = ("summary", "outcome_reason")
        s3 = ("called", "reporter_name", "reporter_phone", "phone_index")

    class Meta:
        verbose_name = "aduan"
        verbose_name_plural = "aduan"
        default_permissions = ("view",)
        permissions = [
            ("receive_complaint", "Menerima aduan"),
            ("triage_complaint", "Memutus triase"),
            ("search_case", "Mencari aduan dan kasus"),
        ]
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="complaint_newest"),
            models.Index(fields=["outcome", "-received_at", "-id"], name="complaint_outcome"),
            models.Index(fields=["receiver", "-received_at"], name="complaint_receiver"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(triaged_by__isnull=True, triaged_at__isnull=True)
                | Q(triaged_by__isnull=False, triaged_at__isnull=False),
                name="triaged_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.MERGED) | Q(merged_into__isnull=False),
                name="merged_names_its_case",
            ),
        ]

    def __str__(self):
        return self.code

    def audit_label(self):
        return self.code

    @property
    def is_settled(self) -> bool:
        return self.outcome in SETTLED

    def safe_contact(self) -> SafeContact | None:
        return SafeContact.objects.filter(file=self.pk).order_by("-asked_at").first()
