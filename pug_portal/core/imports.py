"""Taking an import back: what it changed, and the undoing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.models import UNDO_HOURS, ImportRun
from pug_portal.core.versions import Versioned, claim

__all__ = ["UNDO_HOURS", "ImportRun", "forget_old_imports", "snapshot", "undo_import"]


def snapshot(row: models.Model) -> dict[str, Any]:
    """The stored columns of a row as JSON values, without the ones that change by themselves."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not (getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
    }


def undo_import(run: ImportRun, *, by: Any) -> ImportRun:
    """Take back an import within 24 hours: new rows go, changed columns return.

    All or nothing: a row that somebody changed or uses since then refuses the whole.
    """
    model = apps.get_model(run.model)
    _ensure_undoable(run, model, by)
    with transaction.atomic():
        now = timezone.now()
        if not ImportRun.objects.filter(pk=run.pk, undone_at=None).update(undone_at=now, undone_by=by):
            raise Refused("Impor ini sudah dibatalkan.")
        changes: Any = run.changes
        for change in reversed(changes):
            _take_back(model, change)
        audit.record("import.undone", run, by=by, rows=len(changes))
    run.undone_at, run.undone_by = now, by
    return run


def _ensure_undoable(run: ImportRun, model: type[models.Model], by: Any) -> None:
    code = get_permission_codename("import", model._meta)
    if not by.has_perm(f"{model._meta.app_label}.{code}"):
        raise Refused("Anda tidak memegang hak impor untuk data ini.")
    if run.undone_at:
        raise Refused("Impor ini sudah dibatalkan.")
    if not run.is_undoable:
        raise Refused(f"Impor hanya dapat dibatalkan dalam {UNDO_HOURS} jam.")


def _take_back(model: type[models.Model], change: dict[str, Any]) -> None:
    row = model._default_manager.filter(pk=change["pk"]).first()
    now = snapshot(row) if row else {}
    if row is None or any(now.get(name) != value for name, value in change["after"].items()):
        raise Refused(f"Baris {change['row']} sudah diubah sesudah impor. Tidak ada yang dibatalkan.")
    if change["kind"] == "new":
        _delete(row, change["row"])
    else:
        _restore(row, change["before"])


def _delete(row: models.Model, number: int) -> None:
    try:
        row.delete()
    except ProtectedError:
        raise Refused(f"Baris {number} sudah dipakai data lain. Tidak ada yang dibatalkan.") from None


def _restore(row: models.Model, before: dict[str, Any]) -> None:
    if isinstance(row, Versioned):
        claim(row)
    fields = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in before.items():
        setattr(row, name, None if value is None else _typed(fields[name], value))
    row.save(update_fields=[fields[name].name for name in before])


def _typed(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def forget_old_imports() -> int:
    """Empty the details of imports that can no longer be undone; how many. For the tick."""
    limit = timezone.now() - timedelta(hours=UNDO_HOURS)
    old = list(ImportRun.objects.filter(at__lt=limit, forgotten_at=None))
    for run in old:
        run.changes, run.forgotten_at = [], timezone.now()
        run.save(update_fields=["changes", "forgotten_at"])
    return len(old)
