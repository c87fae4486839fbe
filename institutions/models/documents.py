"""The evidence vault: every proof once, attached wherever it proves something."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from institutions.models.registry import Institution
from pug_portal.core.models import StoredFile
from pug_portal.core.versions import Versioned

PREREQUISITES = {
    1: "Komitmen politik",
    2: "Kebijakan",
    3: "Kelembagaan",
    4: "Sumber daya manusia dan anggaran",
    5: "Alat analisis",
    6: "Data gender terpilah",
    7: "Partisipasi masyarakat dan jejaring",
}
PROCESSES = {
    1: "Perencanaan",
    2: "Penganggaran",
    3: "Pelaksanaan",
    4: "Pemantauan",
    5: "Evaluasi",
    6: "Pengawasan",
    7: "Pelaporan",
}


class DocumentQuerySet(models.QuerySet):
    def public(self):
        return self.filter(klass=Document.Klass.PUBLIC)

    def attached_to(self, target):
        """Return the documents that prove something about `target`."""
        return self.filter(
            attachments__target_type=target._meta.label_lower, attachments__target_id=target.pk
        )

    def tagged(self, *, prerequisite="", process=""):
        """Return documents that carry the digit of a prerequisite and of a process (1–7)."""
        found = self
        if prerequisite:
            found = found.filter(prerequisites__contains=prerequisite)
        if process:
            found = found.filter(processes__contains=process)
        return found

    def search(self, text: str):
        found = self
        for word in text.split():
            found = found.filter(
                models.Q(title__icontains=word)
                | models.Q(number__icontains=word)
                | models.Q(signer__icontains=word)
                | models.Q(owner__name__icontains=word)
                | models.Q(owner__abbreviation__icontains=word)
            )
        return found


class Document(Versioned):
    """A proof with its file; who may see it is said in access.visible_documents."""

    class Kind(models.TextChoices):
        """Jenis dokumen (domain/pug.md §1.0)."""

        PERDA = "perda", "Perda"
        PERWAL = "perwal", "Perwal"
        MAYOR_DECREE = "kepwal", "Keputusan Wali Kota"
        HEAD_DECREE = "kepkadis", "Keputusan Kepala PD"
        CIRCULAR = "surat_edaran", "Surat Edaran"
        INSTRUCTION = "instruksi", "Instruksi"
        MOU = "mou", "Nota Kesepahaman (MoU)"
        COOPERATION = "pks", "Perjanjian Kerja Sama"
        GUIDE = "juknis", "Juknis atau panduan"
        RANDA = "randa", "RANDA"
        WORK_PLAN = "rencana_kerja", "Rencana Kerja"
        RENSTRA = "renstra", "Renstra"
        RENJA = "renja", "Renja"
        RKA = "rka", "RKA"
        DPA = "dpa", "DPA"
        GAP = "gap", "GAP"
        GBS = "gbs", "GBS atau PAG"
        KAK = "kak", "KAK atau TOR"
        ACTIVITY_REPORT = "laporan_kegiatan", "Laporan Kegiatan"
        MONITORING_REPORT = "laporan_pemantauan", "Laporan Pemantauan"
        MINUTES = "notulen", "Notulen"
        INVITATION = "undangan", "Undangan"
        ATTENDANCE = "daftar_hadir", "Daftar Hadir"
        CERTIFICATE = "sertifikat", "Sertifikat"
        MATERIAL = "materi", "Materi atau modul"
        CAMPAIGN = "kie", "KIE (leaflet, poster, video)"
        PHOTO = "foto", "Foto"
        SCREENSHOT = "tangkapan_layar", "Tangkapan layar sistem"
        DATABASE = "basis_data", "Basis data"
        PUBLICATION = "publikasi", "Publikasi"
        CLIPPING = "kliping", "Kliping berita"

    class Klass(models.TextChoices):
        PUBLIC = "public", "Publik"
        INTERNAL = "internal", "Internal"
        RESTRICTED = "restricted", "Terbatas"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(
        "judul", max_length=200, help_text="Apa yang dibuktikan. Tanpa nama warga atau korban."
    )
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    number = models.CharField("nomor", max_length=80, blank=True)
    dated = models.DateField("tanggal dokumen", null=True, blank=True)
    signer = models.CharField(
        "penanda tangan", max_length=160, blank=True, help_text="Jabatan. Contoh: Kepala Bappeda"
    )
    owner = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="perangkat daerah pemilik",
    )
    klass = models.CharField(
        "kelas",
        max_length=12,
        choices=Klass.choices,
        default=Klass.INTERNAL,
        help_text="Publik: semua orang. Internal: perangkat daerah. Terbatas: pemilik dan sekretariat.",
    )
    # Digits of the numbered lists above: works alike on both engines, no table for fourteen words.
    prerequisites = models.CharField("prasyarat PUG", max_length=7, blank=True)
    processes = models.CharField("proses pembangunan", max_length=7, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="documents", verbose_name="berkas", editable=False
    )
    edition = models.PositiveSmallIntegerField("edisi", default=1, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ditambahkan oleh",
    )
    added_at = models.DateTimeField("ditambahkan", auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["-added_at", "id"]
        indexes = [
            models.Index(fields=["klass", "-added_at", "id"], name="document_klass_added"),
            models.Index(fields=["owner", "-added_at"], name="document_owner_added"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("institutions:document", args=[self.pk])

    def audit_label(self):
        return f"dokumen {str(self.pk)[:8]}"

    @property
    def prerequisite_words(self) -> list[str]:
        return [PREREQUISITES[int(digit)] for digit in self.prerequisites]

    @property
    def process_words(self) -> list[str]:
        return [PROCESSES[int(digit)] for digit in self.processes]


class DocumentEdition(models.Model):
    """A file that a later one replaced; what was proven with it stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="earlier", verbose_name="dokumen")
    number = models.PositiveSmallIntegerField("edisi")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="berkas")
    replaced_at = models.DateTimeField("diganti", auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diganti oleh",
    )

    class Meta:
        verbose_name = "edisi dokumen"
        verbose_name_plural = "edisi dokumen"
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_edition_once")]

    def __str__(self):
        return f"edisi {self.number}"


class Attachment(models.Model):
    """A document used as proof at one record of any room."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="attachments", verbose_name="dokumen")
    target_type = models.CharField("jenis sasaran", max_length=60)
    target_id = models.UUIDField("sasaran")
    target_label = models.CharField("sebutan sasaran", max_length=120)
    caption = models.CharField("keterangan", max_length=160, blank=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ditautkan oleh",
    )
    attached_at = models.DateTimeField("ditautkan", auto_now_add=True)

    class Meta:
        verbose_name = "tautan bukti"
        verbose_name_plural = "tautan bukti"
        ordering = ["-attached_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "target_type", "target_id"], name="attachment_once")
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="attachment_target")]

    def __str__(self):
        return f"{self.document} pada {self.target_label}"
