"""What comes after: attempts to reach somebody, and the end of a case."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pug_portal.core.answers import with_meta
from pug_portal.core.crypto import ConfidentialModel, SealedTextField
from seruni_cases.models.case import Case
from seruni_cases.models.complaint import Complaint
from seruni_cases.models.fields import YES_NO, coded, person_key


class ContactAttempt(ConfidentialModel):
    """One try to reach somebody; three tries in two ways are the proof of a lost contact."""

    class Result(models.TextChoices):
        REACHED = "tersambung", "Tersambung"
        NO_ANSWER = "tidak_diangkat", "Tidak diangkat"
        UNSAFE = "tidak_aman", "Tidak aman bicara"
        DEAD = "nomor_mati", "Nomor mati"
        REFUSED = "menolak", "Tidak ingin dihubungi"

    class Safety(models.TextChoices):
        BETTER = "lebih_baik", "Lebih baik"
        SAME = "sama", "Sama"
        WORSE = "lebih_buruk", "Lebih buruk"

    cipher_scope = "file"

    file = models.UUIDField(editable=False, db_index=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="attempts", verbose_name="kasus"
    )
    complaint = models.ForeignKey(
        Complaint, models.PROTECT, null=True, blank=True, related_name="attempts", verbose_name="aduan"
    )
    at = models.DateTimeField("waktu", default=timezone.now)
    way = coded("cara")
    result = models.CharField("hasil", max_length=16, choices=Result.choices)
    safety = coded("keadaan", choices=with_meta(Safety.choices))
    new_incident = coded("kejadian baru", choices=YES_NO)
    note = SealedTextField("catatan", null=True, blank=True, pad=256)
    by = person_key("oleh", editable=False)

    class Classified:
        s0 = ("id",)
        s1 = (
            "file",
            "case",
            "complaint",
            "at",
            "way",
            "result",
            "safety",
            "new_incident",
            "by",
        )
        s2 = ("note",)

    class Meta:
        verbose_name = "upaya kontak"
        verbose_name_plural = "upaya kontak"
        default_permissions = ()
        permissions = [("follow_up", "Mencatat tindak lanjut")]
        ordering = ["-at"]
        indexes = [models.Index(fields=["case", "-at"], name="attempt_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, complaint__isnull=True)
                | Q(case__isnull=True, complaint__isnull=False),
                name="attempt_belongs_to_one_file",
            )
        ]

    def __str__(self):
        return self.get_result_display()


class Closure(ConfidentialModel):
    """A proposal to close a case, and what another person decided."""

    class Decision(models.TextChoices):
        APPROVED = "disetujui", "Disetujui"
        RETURNED = "dikembalikan", "Dikembalikan"

    CHECKLIST = (
        ("keselamatan", "Rencana keselamatan sudah ditinjau"),
        ("rujukan", "Semua rujukan selesai atau ditutup"),
        ("setuju", "Ia setuju kasusnya ditutup"),
        ("kembali", "Ia tahu dapat menghubungi kami lagi"),
        ("data", "Persetujuan berbagi data yang tersisa sudah ditinjau"),
        ("barang", "Barang dan dokumen sudah dikembalikan"),
        ("umpan_balik", "Umpan balik sudah ditawarkan"),
    )

    cipher_scope = "case_id"

    case = models.ForeignKey(Case, models.PROTECT, related_name="closures", verbose_name="kasus")
    reason = models.CharField("alasan penutupan", max_length=20)
    checklist = models.JSONField("daftar periksa", default=list)
    note = SealedTextField("catatan", null=True, blank=True, pad=256)
    proposed_by = person_key("diusulkan oleh", editable=False)
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now, editable=False)
    decision = coded("keputusan", choices=Decision.choices, editable=False)
    decided_by = person_key("diputus oleh", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("diputus", null=True, blank=True, editable=False)

    class Classified:
        s0 = ("id",)
        s1 = (
            "case",
            "reason",
            "checklist",
            "proposed_by",
            "proposed_at",
            "decision",
            "decided_by",
            "decided_at",
        )
        s2 = ("note",)

    class Meta:
        verbose_name = "usul penutupan"
        verbose_name_plural = "usul penutupan"
        default_permissions = ()
        permissions = [
            ("propose_closure", "Mengusulkan penutupan"),
            ("approve_closure", "Menyetujui penutupan"),
        ]
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="closure_decided_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="one_open_closure_per_case"
            ),
        ]

    def __str__(self):
        return self.reason
