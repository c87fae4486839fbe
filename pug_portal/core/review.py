"""The one mechanism of review: submit, send back with notes at fields, approve, publish.

Author, reviewer and approver differ. What was submitted is fixed by a hash: what changed after
submission cannot be approved unseen. Each move is a compare-and-set on the stage it starts from.
"""

import hashlib
import json

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import ReviewNote
from pug_portal.core.versions import Versioned


class Stage(models.TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Perlu diperbaiki"
    APPROVED = "approved", "Disetujui"
    PUBLISHED = "published", "Terbit"


EDITABLE = (Stage.DRAFT, Stage.RETURNED)


def _person(words: str):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=words,
    )


class Reviewable(Versioned):
    """A record that one person writes and another one accepts.

    Subclasses name in `reviewed_fields` what the reviewer judges; notes stand at these fields.
    """

    stage = models.CharField(
        "status", max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="penyusun",
    )
    submitted_at = models.DateTimeField("diajukan", null=True, editable=False)
    reviewer = _person("penelaah")
    reviewed_at = models.DateTimeField("ditelaah", null=True, editable=False)
    approver = _person("penyetuju")
    approved_at = models.DateTimeField("disetujui", null=True, editable=False)
    snapshot = models.CharField("sidik isi", max_length=64, blank=True, editable=False)

    reviewed_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(approver=None, approved_at=None)
                | Q(approver__isnull=False, approved_at__isnull=False),
                name="%(app_label)s_%(class)s_approved_by_and_at",
            ),
        ]

    @property
    def is_editable(self) -> bool:
        return self.stage in EDITABLE

    def content_hash(self) -> str:
        """Return the print, 64 hex digits, of what the reviewer judges."""
        content = {name: getattr(self, name) for name in self.reviewed_fields}
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()

    def open_notes(self):
        return ReviewNote.objects.filter(target_id=self.pk, settled_at__isnull=True)


def _move(row: Reviewable, sources, **changes) -> None:
    """Change the stage only from the stage and the version that were looked at."""
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, stage__in=sources, version=row.version)
        .update(version=models.F("version") + 1, **changes)
    )
    if not changed:
        raise WrongStage("Status berkas ini sudah berubah. Muat ulang halaman untuk melihatnya.")
    row.refresh_from_db()


@transaction.atomic
def submit(row: Reviewable, *, by) -> None:
    """Hand the record to the reviewers; earlier notes count as settled."""
    now = timezone.now()
    row.open_notes().update(settled_at=now)
    _move(row, EDITABLE, stage=Stage.SUBMITTED, submitted_at=now, snapshot=row.content_hash())
    audit.record("review.submitted", row, by=by, snapshot=row.snapshot[:12])


def _refuse_own(row: Reviewable, by) -> None:
    if row.author_id == by.pk:
        raise Refused("Anda menyusun berkas ini, jadi orang lain yang menelaahnya.")


@transaction.atomic
def send_back(row: Reviewable, *, notes: dict[str, str], by) -> None:
    """Return the record with a reason at each named field ("" stands for the whole record)."""
    _refuse_own(row, by)
    if not any(text.strip() for text in notes.values()):
        raise Refused("Tulis sedikitnya satu catatan agar penyusun tahu apa yang diperbaiki.")
    _move(row, [Stage.SUBMITTED], stage=Stage.RETURNED, reviewer=by, reviewed_at=timezone.now())
    label = row._meta.label_lower
    for field, text in notes.items():
        if text.strip():
            ReviewNote.objects.create(
                target_type=label, target_id=row.pk, field=field, text=text.strip(), by=by
            )
    audit.record("review.returned", row, by=by, fields=sorted(notes))


@transaction.atomic
def approve(row: Reviewable, *, by) -> None:
    """Accept the record as it was submitted."""
    _refuse_own(row, by)
    if row.snapshot != row.content_hash():
        raise WrongStage("Isi berkas berubah sesudah diajukan. Muat ulang lalu telaah kembali.")
    now = timezone.now()
    _move(
        row,
        [Stage.SUBMITTED],
        stage=Stage.APPROVED,
        reviewer=by,
        reviewed_at=now,
        approver=by,
        approved_at=now,
    )
    audit.record("review.approved", row, by=by, snapshot=row.snapshot[:12])


@transaction.atomic
def publish(row: Reviewable, *, by) -> None:
    """Show an approved record to everybody, as it was approved."""
    if row.snapshot != row.content_hash():
        raise WrongStage("Isi berkas berubah sesudah disetujui. Muat ulang lalu telaah kembali.")
    _move(row, [Stage.APPROVED], stage=Stage.PUBLISHED)
    audit.record("review.published", row, by=by, snapshot=row.snapshot[:12])


@transaction.atomic
def undo(row: Reviewable, *, by) -> None:
    """Take back the last decision of the same reviewer: the record waits for review again."""
    if row.reviewer_id != by.pk:
        raise Refused("Hanya penelaah yang memutus dapat mengurungkan putusannya.")
    row.open_notes().filter(by=by, at__gte=row.reviewed_at).delete()
    _move(
        row,
        [Stage.APPROVED, Stage.RETURNED],
        stage=Stage.SUBMITTED,
        approver=None,
        approved_at=None,
    )
    audit.record("review.undone", row, by=by)
