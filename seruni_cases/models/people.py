"""The identity vault: who a survivor is and how she may be reached, under keys of its own.

Everything else in this room works with codes; a name is read through access.may_see_identity.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pug_portal.core.clock import AgeBand, band_for_birth, today
from pug_portal.core.crypto import (
    BlindIndexField,
    ConfidentialModel,
    SealedDateField,
    SealedTextField,
)
from pug_portal.core.versions import Versioned
from seruni_cases.models.fields import (
    SEXES,
    YES_NO,
    NameBucketField,
    coded,
    comparable_nik,
    comparable_phone,
)

ASK_AGAIN_AFTER = timedelta(days=30)


class Person(ConfidentialModel, Versioned):
    """One survivor, once, however many cases; her file's key is her own."""

    code = models.CharField("kode penyintas", max_length=16, unique=True, editable=False)
    name = SealedTextField("nama lengkap", null=True, blank=True)
    nickname = SealedTextField("nama panggilan", null=True, blank=True)
    nik = SealedTextField("NIK", null=True, blank=True)
    phone = SealedTextField("telepon", null=True, blank=True)
    birth_date = SealedDateField("tanggal lahir", null=True, blank=True)
    address = SealedTextField("alamat", null=True, blank=True, pad=256)
    birth_year = models.PositiveSmallIntegerField("tahun lahir", null=True, blank=True)
    sex = coded("jenis kelamin", choices=SEXES)
    nik_index = BlindIndexField(of="nik", purpose="person.nik", normalise=comparable_nik)
    phone_index = BlindIndexField(of="phone", purpose="person.phone", normalise=comparable_phone)
    name_index = NameBucketField(of="name", purpose="person.name")
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    class Classified:
        s0 = ("id", "version", "created_at", "sex")
        s1 = ("code", "birth_year")
        s3 = (
            "name",
            "nickname",
            "nik",
            "phone",
            "birth_date",
            "address",
            "nik_index",
            "phone_index",
            "name_index",
        )

    class Meta:
        verbose_name = "penyintas"
        verbose_name_plural = "penyintas"
        default_permissions = ()

    def __str__(self):
        return self.code

    def audit_label(self):
        return self.code

    def age_band(self) -> str:
        return band_for_birth(self.birth_date, today()) if self.birth_date else AgeBand.UNKNOWN

    def safe_contact(self) -> "SafeContact | None":
        return SafeContact.objects.filter(file=self.pk).order_by("-asked_at").first()


class SafeContact(ConfidentialModel):
    """Whether, how and when somebody may be contacted; a wrong call can kill."""

    cipher_scope = "file"

    # The complaint or the person whose key seals this row.
    file = models.UUIDField(editable=False, db_index=True)
    allowed = coded("boleh dihubungi", choices=YES_NO, default="not_asked")
    way = SealedTextField("cara", null=True, blank=True)
    phone = SealedTextField("nomor", null=True, blank=True)
    starts = models.TimeField("jam aman mulai", null=True, blank=True)
    ends = models.TimeField("jam aman sampai", null=True, blank=True)
    speak_as = SealedTextField("mengaku sebagai", null=True, blank=True)
    code_word = SealedTextField("kata sandi", null=True, blank=True)
    note = SealedTextField("catatan", null=True, blank=True, pad=256)
    phone_index = BlindIndexField(of="phone", purpose="person.phone", normalise=comparable_phone)
    asked_at = models.DateTimeField("terakhir ditanya", default=timezone.now)

    class Classified:
        s0 = ("id",)
        s1 = ("file", "allowed", "starts", "ends", "asked_at")
        s3 = ("way", "phone", "speak_as", "code_word", "note", "phone_index")

    class Meta:
        verbose_name = "kontak aman"
        verbose_name_plural = "kontak aman"
        default_permissions = ()
        get_latest_by = "asked_at"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False),
                name="safe_hours_have_both_ends",
                violation_error_message="Isi jam mulai dan jam selesai.",
            )
        ]

    def __str__(self):
        return "kontak aman"

    @property
    def is_stale(self) -> bool:
        return timezone.now() - self.asked_at > ASK_AGAIN_AFTER

    def fits(self, at=None) -> bool:
        """Return whether the clock on the wall lies inside the safe hours (over midnight too)."""
        if self.starts is None:
            return True
        hour = timezone.localtime(at).time()
        if self.starts <= self.ends:
            return self.starts <= hour < self.ends
        return hour >= self.starts or hour < self.ends
