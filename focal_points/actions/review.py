"""A duty report at the secretariat: sent back with notes, approved, a decision undone."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from focal_points import emails
from focal_points.access import ensure
from focal_points.models import DutyReport
from focal_points.workflow import REPAIR_DAYS, Verb
from pug_portal.core import clock, obligations, review
from pug_portal.core.access import Refused
from pug_portal.core.roles import Role

CLOSING = time(16)  # end of the office day on which a repair is due


@transaction.atomic
def send_back(report: DutyReport, *, notes: dict[str, str], by) -> None:
    """Return the report with a note at each named field and start the clock of the repair."""
    ensure(by, Verb.SEND_BACK, report)
    review.send_back(report, notes=notes, by=by)
    obligations.start(
        "duty.repair",
        target=report,
        due=repair_due(),
        owner=report.author,
        owner_role=Role.FOCAL_POINT,
        institution=report.agency,
    )
    emails.report_returned(report)


def repair_due(today=None) -> datetime:
    """Return when a report returned today should be back."""
    day = clock.add_working_days(today or timezone.localdate(), REPAIR_DAYS)
    return datetime.combine(day, CLOSING, clock.WIB)


@transaction.atomic
def approve(report: DutyReport, *, by) -> None:
    """Accept the report as it was submitted."""
    ensure(by, Verb.APPROVE, report)
    review.approve(report, by=by)
    obligations.stop_all(report)


def approve_batch(reports: Iterable[DutyReport], *, by) -> tuple[int, list[tuple[DutyReport, str]]]:
    """Approve reports that carry no warning (rows from `with_warnings`).

    Returns (how many, [(report left alone, why)]); each approval stands on its own.
    """
    done, left = 0, []
    for report in reports:
        try:
            _approve_without_warning(report, by)
            done += 1
        except Refused as refusal:
            left.append((report, refusal.reason))
    return done, left


def _approve_without_warning(report: DutyReport, by) -> None:
    if report.warnings:
        raise Refused(report.warnings[0])
    approve(report, by=by)


@transaction.atomic
def undo(report: DutyReport, *, by) -> None:
    """Take back one's own decision within a few seconds; the report waits for review again."""
    ensure(by, Verb.UNDO, report)
    review.undo(report, by=by)
    obligations.stop("duty.repair", target=report)
