"""Optimistic versions: who saves second is told, and loses nothing."""

from django.db import models

from pug_portal.core.access import Stale


class Versioned(models.Model):
    """A shared record that counts its changes."""

    version = models.PositiveIntegerField("versi", default=1, editable=False)

    class Meta:
        abstract = True


def claim(row: Versioned, version: int | None = None) -> None:
    """Take the right to change `row` as it was at `version`; raise Stale when somebody was first.

    Compare-and-set in one statement: holds on both engines without row locks.
    """
    seen = row.version if version is None else int(version)
    manager = type(row)._default_manager
    if not manager.filter(pk=row.pk, version=seen).update(version=seen + 1):
        raise Stale(manager.filter(pk=row.pk).first())
    row.version = seen + 1
