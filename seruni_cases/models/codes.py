"""Code lists as data: what the law or the ministry changes is a row, not a line of code."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pug_portal.core.answers import MetaAnswer


class CodeQuerySet(models.QuerySet):
    def valid(self, at=None):
        day = at or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )

    def of(self, code_list):
        return self.filter(list=code_list)


class Code(models.Model):
    """One answer of one list. Rows are ended, never deleted: old files keep their words."""

    class List(models.TextChoices):
        CHANNEL = "kanal", "Kanal masuk"
        REPORTER = "pelapor", "Hubungan pelapor dengan korban"
        NEED = "kebutuhan", "Kebutuhan mendesak"
        CATEGORY = "kategori", "Kategori kasus"
        VIOLENCE = "bentuk", "Bentuk kekerasan"
        TRAFFICKING = "trafficking", "Kategori perdagangan orang"
        TPKS = "tpks", "Tindak pidana kekerasan seksual"
        KDRT = "kdrt", "Kekerasan dalam rumah tangga"
        TPPO_PROCESS = "tppo_proses", "TPPO: proses"
        TPPO_MEANS = "tppo_cara", "TPPO: cara"
        TPPO_AIM = "tppo_tujuan", "TPPO: tujuan"
        AMPK = "ampk", "Anak memerlukan perlindungan khusus"
        PLACE = "tempat", "Tempat kejadian"
        REALM = "ranah", "Ranah"
        EDUCATION = "pendidikan", "Pendidikan"
        WORK = "pekerjaan", "Pekerjaan"
        MARITAL = "kawin", "Status perkawinan"
        RELIGION = "agama", "Agama"
        DISABILITY = "disabilitas", "Ragam disabilitas"
        VULNERABLE = "rentan", "Kelompok rentan"
        RELATION = "hubungan", "Hubungan terlapor dengan korban"
        SERVICE = "layanan", "Jenis layanan"
        LEGAL = "hukum", "Tahap proses hukum"
        AUTHORITY = "kewenangan", "Kewenangan"
        CLOSURE = "penutupan", "Alasan penutupan"
        NOT_REPORTED = "tak_lapor", "Alasan tidak melapor polisi"
        CONTACT = "kontak", "Cara menghubungi"
        IMPACT = "dampak", "Dampak"
        FAMILY = "keluarga", "Kelompok lembaga penerima"
        DECLINE = "tolak", "Alasan mitra tidak bisa"
        REVEAL = "buka", "Alasan membuka identitas"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.CharField("daftar", max_length=20, choices=List.choices)
    code = models.CharField("kode", max_length=20, help_text="Tetap sama sesudah dipakai.")
    label = models.CharField("sebutan", max_length=120)
    national = models.CharField(
        "kode SIMFONI", max_length=20, blank=True, help_text="Kosong bila tidak ada padanan."
    )
    gbvims = models.CharField("kode GBVIMS", max_length=40, null=True, blank=True)
    group = models.CharField(
        "kelompok", max_length=20, blank=True, help_text="Untuk layanan: kelompok penerima."
    )
    function = models.CharField(
        "fungsi UPTD", max_length=4, blank=True, help_text="Untuk layanan: F1 sampai F6."
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = "kode"
        verbose_name_plural = "daftar kode"
        default_permissions = ("add", "change", "view")
        ordering = ["list", "order", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                name="code_once_per_list",
                violation_error_message="Kode ini sudah ada di daftar itu.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="code_ends_after_it_begins",
                violation_error_message="Tanggal akhir harus sesudah tanggal mulai.",
            ),
        ]

    def __str__(self):
        return self.label

    def audit_label(self):
        return f"{self.list}/{self.code}"


class Codebook:
    """All lists of one request, read in one query; says labels and offers choices."""

    def __init__(self):
        names = ("list", "code", "label", "order", "valid_from", "valid_until")
        rows = Code.objects.order_by().values_list(*names, named=True)
        self.rows = {(row.list, row.code): row for row in rows}

    def label(self, code_list: str, code: str) -> str:
        """Return the words for a stored code, meta answers included; "" for an empty cell."""
        row = self.rows.get((code_list, code))
        if row:
            return row.label
        return MetaAnswer(code).label if code in MetaAnswer.values else code

    def labels(self, code_list: str, codes) -> str:
        return ", ".join(self.label(code_list, code) for code in codes)

    def choices(self, code_list: str) -> list[tuple[str, str]]:
        """Return (code, label) of what may be chosen today, in the list's order."""
        today = timezone.localdate()
        return [
            (row.code, row.label)
            for row in sorted(self.rows.values(), key=lambda row: (row.order, row.label))
            if row.list == code_list
            and (row.valid_from is None or row.valid_from <= today)
            and (row.valid_until is None or row.valid_until >= today)
        ]
