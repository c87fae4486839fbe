"""Who the offices are, what they were called before, and the places of the city."""

import re
import uuid

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from pug_portal.core.models import RoleAssignment
from pug_portal.core.roles import Role

# Words of the office that name a whole group; officials use them as synonyms (domain: SKPD = OPD = PD).
AGENCY_WORDS = frozenset({"skpd", "opd", "pd", "perangkat", "daerah"})
SHORT_WORDS = {
    "kec": "kecamatan",
    "kel": "kelurahan",
    "bag": "bagian",
    "rs": "rumah_sakit",
    "rsud": "rumah_sakit",
    "puskesmas": "dinkes",
}


class Region(models.Model):
    """A kecamatan or kelurahan with its national code (Kepmendagri 300.2.2-2430/2025)."""

    code = models.CharField(
        "kode",
        max_length=13,
        primary_key=True,
        help_text="Kode wilayah Kementerian Dalam Negeri. Contoh: 33.74.10 atau 33.74.10.1001",
    )
    name = models.CharField("nama", max_length=80, help_text="Tanpa kata kecamatan atau kelurahan.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="kecamatan",
        help_text="Diisi untuk kelurahan; kosong untuk kecamatan.",
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
        """Return institutions that exist on the day `at` (today by default)."""
        day = at or timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        )

    def agencies(self):
        """Return the agencies whose heads are members of the Pokja."""
        return self.filter(kind__in=Institution.AGENCY_KINDS)

    def unverified(self):
        return self.filter(is_verified=False)

    def ended(self, at=None):
        return self.filter(valid_until__lt=at or timezone.localdate())

    def with_vacant_head(self):
        """Return institutions whose post of the head nobody holds today."""
        day = timezone.localdate()
        held = Q(posts__holders__ends__isnull=True) | Q(posts__holders__ends__gte=day)
        filled = self.filter(held, posts__is_head=True, posts__holders__starts__lte=day)
        return self.exclude(pk__in=filled.values("pk"))

    def without_focal_point(self):
        """Return agencies at which nobody holds the role of focal point today."""
        terms = RoleAssignment.objects.current().filter(role=Role.FOCAL_POINT, institution=OuterRef("pk"))
        return self.agencies().filter(~Exists(terms))

    def search(self, text: str):
        """Return institutions meant by `text`: name, abbreviation, other names and former names.

        Every word must be found; "SKPD", "OPD", "PD" and "perangkat daerah" mean all agencies.
        """
        words = re.findall(r"[\w&]+", text.lower())
        found = self
        if words and AGENCY_WORDS.issuperset(words):
            return found.agencies()
        for word in (word for word in words if word not in {"skpd", "opd"}):
            found = found.filter(_spoken_of(word))
        return found


def _spoken_of(word: str) -> Q:
    """One word of a search, in every name an institution has or had."""
    former = FormerName.objects.filter(institution=OuterRef("pk"))
    meant = Q()
    for form in {word, SHORT_WORDS.get(word, word)}:
        meant |= Q(name__icontains=form) | Q(abbreviation__icontains=form) | Q(kind=form)
        meant |= Q(other_names__icontains=form)
        meant |= Exists(former.filter(Q(name__icontains=form) | Q(abbreviation__icontains=form)))
    return meant


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
        GROUP = "kube", "Kelompok usaha bersama (KUBE)"
        UNIVERSITY = "perguruan_tinggi", "Perguruan tinggi"
        BUSINESS = "dunia_usaha", "Dunia usaha"
        MEDIA = "media", "Media"
        PARTNER = "mitra_layanan", "Mitra layanan PPT SERUNI"

    class PugRole(models.TextChoices):
        """The offices that drive PUG (domain/pug.md §1.0)."""

        PLANNING = "perencanaan", "Penggerak perencanaan"
        BUDGET = "penganggaran", "Penggerak penganggaran"
        OVERSIGHT = "pengawasan", "Penggerak pengawasan"
        WOMEN = "pemberdayaan_perempuan", "Penggerak pemberdayaan perempuan"

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
    abbreviation = models.CharField(
        "singkatan", max_length=40, blank=True, help_text="Contoh: Dinkes, Bappeda, Kec. Tugu"
    )
    name = models.CharField(
        "nama resmi",
        max_length=160,
        unique=True,
        help_text="Seperti dalam peraturan pembentukannya. Contoh: Dinas Kesehatan",
        error_messages={"unique": "Lembaga dengan nama ini sudah ada."},
    )
    other_names = models.CharField(
        "sebutan lain",
        max_length=200,
        blank=True,
        help_text="Sebutan yang dicari orang, dipisah koma. Contoh: DKK, Dinas Kesehatan Kota",
    )
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    pug_role = models.CharField(
        "peran khusus PUG",
        max_length=30,
        choices=PugRole.choices,
        blank=True,
        help_text="Diisi hanya untuk empat penggerak PUG. Menentukan siapa ketua Pokja.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name="induk",
        help_text="Lembaga yang membawahi. Contoh: Sekretariat Daerah untuk sebuah bagian.",
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name="wilayah",
        help_text="Untuk kecamatan, kelurahan, dan lembaga yang hanya melayani satu wilayah.",
    )
    address = models.CharField("alamat", max_length=200, blank=True)
    phone = models.CharField("telepon kantor", max_length=40, blank=True, help_text="Contoh: (024) 3513366")
    website = models.CharField(
        "situs",
        max_length=200,
        blank=True,
        validators=[URLValidator(["https", "http"], message="Tulis alamat lengkap, diawali https://")],
        help_text="Contoh: https://dinkes.semarangkota.go.id",
    )
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_until = models.DateField(
        "berlaku sampai", null=True, blank=True, help_text="Diisi bila lembaga digabung atau dibubarkan."
    )
    is_verified = models.BooleanField(
        "nama sudah diperiksa",
        default=False,
        help_text="Centang sesudah nama dicocokkan dengan peraturan atau situs resmi.",
    )
    source = models.CharField(
        "sumber data", max_length=200, blank=True, help_text="Dari mana nama dan jenisnya diketahui."
    )

    history = HistoricalRecords(verbose_name="riwayat lembaga", verbose_name_plural="riwayat lembaga")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"
        ordering = ["name"]
        permissions = [
            ("view_registry", "Melihat daftar lembaga di ruang kerja"),
            ("import_institution", "Mengimpor daftar lembaga"),
            ("export_institution", "Mengekspor daftar lembaga"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="institution_ends_after_it_starts",
                violation_error_message="Tanggal berakhir harus sesudah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["pug_role"],
                condition=~Q(pug_role="") & Q(valid_until__isnull=True),
                name="institution_one_driver_each",
                violation_error_message="Peran khusus PUG ini sudah dipegang lembaga lain.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="institution_kind_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("institutions:institution", args=[self.pk])

    def audit_label(self):
        return self.abbreviation or self.name

    @property
    def is_agency(self) -> bool:
        return self.kind in self.AGENCY_KINDS

    @property
    def has_ended(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class FormerName(models.Model):
    """What an institution was called during an earlier period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="former_names", verbose_name="lembaga"
    )
    name = models.CharField("nama lama", max_length=160)
    abbreviation = models.CharField("singkatan lama", max_length=40, blank=True)
    starts = models.DateField("dipakai mulai", null=True, blank=True)
    ends = models.DateField("dipakai sampai")
    basis = models.CharField(
        "dasar perubahan", max_length=160, blank=True, help_text="Contoh: Perda perubahan SOTK 2021"
    )

    class Meta:
        verbose_name = "nama lama"
        verbose_name_plural = "nama lama"
        ordering = ["-ends"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__gte=models.F("starts")),
                name="former_name_ends_after_it_starts",
                violation_error_message="Tanggal selesai harus sesudah tanggal mulai.",
            )
        ]

    def __str__(self):
        return self.name
