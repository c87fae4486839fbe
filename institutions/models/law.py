"""The legal basis register: what stands above the work, and whether somebody checked it."""

import uuid

from django.db import models
from django.db.models import Case, F, IntegerField, Value, When
from simple_history.models import HistoricalRecords


class LegalBasisQuerySet(models.QuerySet):
    def checked(self):
        """Return rows the public may read as law: title, number and standing were checked."""
        return self.filter(status__in=LegalBasis.CHECKED)

    def unchecked(self):
        return self.filter(status=LegalBasis.Status.UNCHECKED)

    def by_rank(self):
        """Order as in a decree's "Mengingat": level by level, older first."""
        ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(LegalBasis.Level.values)]
        ranked = self.annotate(rank=Case(*ranks, default=99, output_field=IntegerField()))
        # The engines disagree about where empty years belong; here they stand last.
        return ranked.order_by("rank", F("year").asc(nulls_last=True), "number", "title")

    def search(self, text: str):
        """Return rows in which every word stands somewhere: "perda 11/2021", "gender", "inpres"."""
        found = self
        for word in text.replace("/", " ").split():
            meant = models.Q(year=int(word)) if word.isdigit() and len(word) == 4 else models.Q()
            for field in ("title", "topic", "number", "level"):
                meant |= models.Q(**{f"{field}__icontains": word})
            found = found.filter(meant)
        return found


class LegalBasis(models.Model):
    """A law, regulation, circular or convention, with its standing."""

    class Level(models.TextChoices):
        INTERNATIONAL = "internasional", "Komitmen internasional"
        LAW = "uu", "Undang-Undang"
        GOVERNMENT = "pp", "Peraturan Pemerintah"
        PRESIDENT = "perpres", "Peraturan Presiden"
        INSTRUCTION = "inpres", "Instruksi Presiden"
        HOME_AFFAIRS = "permendagri", "Peraturan Menteri Dalam Negeri"
        WOMEN_MINISTER = "permen_pppa", "Peraturan Menteri PPPA"
        MINISTER_DECREE = "kepmen", "Keputusan Menteri"
        CIRCULAR = "se", "Surat Edaran"
        CITY_REGULATION = "perda", "Peraturan Daerah Kota Semarang"
        MAYOR_REGULATION = "perwal", "Peraturan Wali Kota Semarang"
        MAYOR_DECREE = "kepwal", "Keputusan Wali Kota Semarang"

    class Status(models.TextChoices):
        IN_FORCE = "berlaku", "Berlaku"
        AMENDED = "diubah", "Diubah"
        REVOKED = "dicabut", "Dicabut atau berakhir"
        DRAFT = "rancangan", "Rancangan"
        UNCHECKED = "perlu_dicek", "Perlu dicek naskah"

    CHECKED = (Status.IN_FORCE, Status.AMENDED, Status.REVOKED)
    TONES = {
        Status.IN_FORCE: "ok",
        Status.AMENDED: "wait",
        Status.REVOKED: "stop",
        Status.DRAFT: "plain",
        Status.UNCHECKED: "late",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField("tingkat", max_length=16, choices=Level.choices)
    number = models.CharField("nomor", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    title = models.CharField("judul", max_length=300, help_text="Tanpa tingkat dan nomor.")
    topic = models.CharField("pokok", max_length=120, blank=True, help_text="Dipakai untuk apa.")
    status = models.CharField(
        "status",
        max_length=12,
        choices=Status.choices,
        default=Status.UNCHECKED,
        help_text="Yang perlu dicek tidak tampil di halaman publik.",
    )
    note = models.CharField("catatan", max_length=300, blank=True)
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_by",
        verbose_name="mengubah",
    )
    old_item = models.PositiveSmallIntegerField(
        "butir daftar lama", null=True, blank=True, unique=True, help_text="Nomor 1–11 pada daftar lama."
    )
    old_wording = models.CharField("tulisan pada daftar lama", max_length=300, blank=True)
    correction = models.CharField("pembetulan", max_length=300, blank=True)
    checked_on = models.DateField("diperiksa pada", null=True, blank=True)
    source = models.CharField(
        "sumber pemeriksaan", max_length=200, blank=True, help_text="Contoh: JDIH Kota Semarang"
    )

    history = HistoricalRecords(verbose_name="riwayat dasar hukum", verbose_name_plural="riwayat dasar hukum")

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"
        ordering = ["level", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["level", "number", "year", "title"], name="legal_basis_once")
        ]

    def __str__(self):
        return f"{self.citation} tentang {self.title}" if self.number else self.title

    def audit_label(self):
        return self.citation

    @property
    def citation(self) -> str:
        """How it is quoted: "Peraturan Daerah Kota Semarang Nomor 11 Tahun 2021"."""
        if not self.number:
            return self.title
        year = f" Tahun {self.year}" if self.year and self.level not in {"se", "kepmen"} else ""
        return f"{self.get_level_display()} Nomor {self.number}{year}"

    @property
    def tone(self) -> str:
        return self.TONES[self.status]
