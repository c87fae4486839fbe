"""What an agency plans for the six duties of a year."""

from django.db import transaction

from focal_points.access import ensure_works_for
from focal_points.models import DutyPlan
from institutions.models import Institution
from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.versions import claim

PERMISSION = "focal_points.plan_duty"


@transaction.atomic
def plan(agency: Institution, *, by, **fields) -> DutyPlan:
    """Write down one activity for one duty in one month; `fields` are those of DutyPlan."""
    ensure_works_for(by, agency, PERMISSION)
    row = DutyPlan.objects.create(agency=agency, **fields)
    audit.record("duty.planned", row, by=by, duty=row.duty)
    return row


@transaction.atomic
def change_plan(row: DutyPlan, *, version: int | None = None, by, **fields) -> None:
    """Change a plan; reports that follow it keep pointing to it."""
    ensure_works_for(by, row.agency, PERMISSION)
    claim(row, version)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "version"])
    audit.record("duty.plan_changed", row, by=by, fields=sorted(fields))


@transaction.atomic
def cancel_plan(row: DutyPlan, *, by) -> None:
    """Take a plan away that nobody has reported on."""
    ensure_works_for(by, row.agency, PERMISSION)
    if row.reports.exists():
        raise Refused("Rencana ini sudah punya laporan, jadi tidak dapat dibatalkan.")
    audit.record("duty.plan_cancelled", row, by=by, duty=row.duty)
    row.delete()
