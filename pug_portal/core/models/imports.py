"""What an import changed, kept for a day so that it can be taken back.

The rows before and after may hold personal data, so they are sealed, and
forgotten when the day is over; who imported how many rows stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from pug_portal.core.crypto import ConfidentialModel, SealedJSONField

UNDO_HOURS: Final = 24


class ImportRun(ConfidentialModel):
    """One import that was carried out. changes: list of {row, pk, kind, before, after}."""

    cipher_scope = "office_scope"

    model = models.CharField("jenis data", max_length=80)
    file_name = models.CharField("nama berkas", max_length=120)
    created_count = models.PositiveIntegerField("baris baru", default=0)
    updated_count = models.PositiveIntegerField("baris diubah", default=0)
    changes = SealedJSONField("perubahan", pad=256)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diimpor oleh"
    )
    at = models.DateTimeField("waktu", auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dibatalkan oleh",
    )
    forgotten_at = models.DateTimeField("rincian dihapus", null=True, blank=True)

    class Classified:
        s0 = (
            "id",
            "model",
            "file_name",
            "created_count",
            "updated_count",
            "by",
            "at",
            "undone_at",
            "undone_by",
            "forgotten_at",
        )
        s3 = ("changes",)

    class Meta:
        app_label = "core"
        verbose_name = "impor"
        verbose_name_plural = "impor"
        default_permissions = ("view",)
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.created_count + self.updated_count} baris"

    def audit_label(self) -> str:
        return self.model

    @property
    def undo_until(self) -> datetime:
        return self.at + timedelta(hours=UNDO_HOURS)

    @property
    def is_undoable(self) -> bool:
        return not (self.undone_at or self.forgotten_at) and timezone.now() < self.undo_until
