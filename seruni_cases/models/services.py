"""Help given to a person: what, when, by whom, where, how long."""

from django.db import models
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.crypto import ConfidentialModel, SealedTextField
from seruni_cases.models.case import Case
from seruni_cases.models.fields import coded, person_key


class Service(ConfidentialModel):
    """One act of help in a case."""

    class Result(models.TextChoices):
        """The six outcomes of GBVIMS; locked, because unavailable help is evidence."""

        GIVEN = "diberikan", "Diberikan sendiri"
        REFERRED = "dirujuk", "Dirujuk"
        ELSEWHERE = "sudah_ada", "Sudah menerima dari tempat lain"
        REFUSED = "ditolak", "Ditolak penyintas"
        UNAVAILABLE = "tidak_tersedia", "Tidak tersedia"
        NOT_APPLICABLE = "tidak_berlaku", "Tidak berlaku"

    class Mode(models.TextChoices):
        FACE = "tatap_muka", "Tatap muka"
        PHONE = "telepon", "Telepon"
        ONLINE = "daring", "Daring"
        VISIT = "kunjungan", "Kunjungan"

    cipher_scope = "case_id"

    case = models.ForeignKey(Case, models.PROTECT, related_name="services", verbose_name="kasus")
    kind = models.CharField("jenis layanan", max_length=20)
    result = models.CharField("hasil", max_length=16, choices=Result.choices, default=Result.GIVEN)
    mode = models.CharField("cara", max_length=12, choices=Mode.choices, default=Mode.FACE)
    given_on = models.DateField("tanggal", default=timezone.localdate)
    provider = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lembaga pelaksana",
    )
    staff = person_key("pelaksana")
    place = coded("tempat", max_length=40)
    minutes = models.PositiveSmallIntegerField("lama (menit)", null=True, blank=True)
    note = SealedTextField("catatan", null=True, blank=True, pad=256)
    created_at = models.DateTimeField("dicatat", default=timezone.now, editable=False)
    created_by = person_key("dicatat oleh", editable=False)

    class Classified:
        s0 = ("id", "kind", "result")
        s1 = (
            "case",
            "mode",
            "given_on",
            "provider",
            "staff",
            "place",
            "minutes",
            "created_at",
            "created_by",
        )
        s2 = ("note",)

    class Meta:
        verbose_name = "layanan"
        verbose_name_plural = "layanan"
        default_permissions = ()
        permissions = [("provide_service", "Mencatat layanan")]
        ordering = ["-given_on", "-created_at"]
        indexes = [
            models.Index(fields=["case", "-given_on"], name="service_case"),
            models.Index(fields=["kind", "given_on"], name="service_kind"),
        ]

    def __str__(self):
        return self.kind
