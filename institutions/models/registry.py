"""Who the offices are, and the places of the city."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords


class Region(models.Model):
    """A kecamatan or kelurahan with its national code (Kepmendagri 300.2.2-2430/2025)."""

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=80)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="kecamatan",
    )

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} — {self.parent.name}" if self.parent_id else self.name

    def audit_label(self):
        return self.code


class InstitutionQuerySet(models.QuerySet):
    def valid(self, at=None):
        day = at or timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        )

    def agencies(self):
        """Return the agencies whose heads are members of the Pokja."""
        return self.filter(kind__in=Institution.AGENCY_KINDS)


class Institution(models.Model):
    """An agency, district office, community organisation or service partner, for a period."""

    class Kind(models.TextChoices):
        SECRETARIAT = "sekretariat", "Sekretariat"
        INSPECTORATE = "inspektorat", "Inspektorat"
        DINAS = "dinas", "Dinas"
        BADAN = "badan", "Badan"
        UNIT = "satuan", "Satuan"
        HOSPITAL = "rumah_sakit", "Rumah sakit"
        BUREAU = "bagian_setda", "Bagian Sekretariat Daerah"
        DISTRICT = "kecamatan", "Kecamatan"
        VILLAGE = "kelurahan", "Kelurahan"
        VERTICAL = "vertikal", "Instansi vertikal"
        COMPANY = "bumd", "BUMD"
        COMMUNITY = "lembaga_masyarakat", "Lembaga masyarakat"
        UNIVERSITY = "perguruan_tinggi", "Perguruan tinggi"
        BUSINESS = "dunia_usaha", "Dunia usaha"
        MEDIA = "media", "Media"
        PARTNER = "mitra_layanan", "Mitra layanan PPT SERUNI"

    AGENCY_KINDS = (
        Kind.SECRETARIAT,
        Kind.INSPECTORATE,
        Kind.DINAS,
        Kind.BADAN,
        Kind.UNIT,
        Kind.HOSPITAL,
        Kind.BUREAU,
        Kind.DISTRICT,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    abbreviation = models.CharField("singkatan", max_length=40, blank=True)
    name = models.CharField("nama resmi", max_length=160, unique=True)
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name="induk"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name="wilayah"
    )
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    is_verified = models.BooleanField("nama sudah diperiksa", default=False)

    history = HistoricalRecords(verbose_name="riwayat lembaga", excluded_fields=[])

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def audit_label(self):
        return self.abbreviation or self.name
