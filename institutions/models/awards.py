"""Awards for PUG: names and levels change between editions, so both are data."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords


class AwardEdition(models.Model):
    """One edition of the national award, with the levels of that year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("tahun", unique=True)
    name = models.CharField(
        "nama penghargaan", max_length=120, help_text="Contoh: Anugerah Parahita Ekapraya"
    )
    giver = models.CharField("pemberi", max_length=120, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        verbose_name = "edisi penghargaan"
        verbose_name_plural = "edisi penghargaan"
        ordering = ["-year"]

    def __str__(self):
        return f"{self.name} {self.year}"

    def audit_label(self):
        return str(self.year)


class AwardLevel(models.Model):
    """A level of one edition; rank 1 is the lowest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(AwardEdition, models.CASCADE, related_name="levels", verbose_name="edisi")
    name = models.CharField("tingkat", max_length=40)
    rank = models.PositiveSmallIntegerField("urutan", help_text="1 adalah tingkat terendah.")

    class Meta:
        verbose_name = "tingkat penghargaan"
        verbose_name_plural = "tingkat penghargaan"
        ordering = ["edition", "rank"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="award_level_once"),
            models.UniqueConstraint(fields=["edition", "rank"], name="award_rank_once"),
        ]

    def __str__(self):
        return self.name


class Award(models.Model):
    """What the city received in one edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.OneToOneField(AwardEdition, models.PROTECT, related_name="award", verbose_name="edisi")
    level = models.ForeignKey(AwardLevel, models.PROTECT, related_name="awards", verbose_name="tingkat")
    handed_over = models.DateField("diserahkan", null=True, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    source = models.CharField("sumber", max_length=160, blank=True)

    history = HistoricalRecords(verbose_name="riwayat penghargaan", verbose_name_plural="riwayat penghargaan")

    class Meta:
        verbose_name = "penghargaan"
        verbose_name_plural = "penghargaan"
        ordering = ["-edition__year"]

    def __str__(self):
        return f"{self.edition} tingkat {self.level}"

    def audit_label(self):
        return str(self.edition.year)

    def clean(self):
        if self.level_id and self.edition_id and self.level.edition_id != self.edition_id:
            raise ValidationError({"level": "Pilih tingkat yang ada pada edisi ini."})
