"""Announce, withdraw, and publish the result."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.actions import _moves
from activities.models import Activity
from activities.workflow import Move
from pug_portal.core import obligations
from pug_portal.core.access import Refused
from pug_portal.core.roles import Role


@transaction.atomic
def publish(activity: Activity, *, by: Any) -> None:
    """Announce the activity to the public; the clock of its report starts."""
    reviewed = activity.approved_at is not None
    _moves.make(
        Move.PUBLISH,
        activity,
        by=by,
        facts={"reviewed": reviewed},
        announced_at=timezone.now(),
        withdrawn_reason="",
    )
    expect_report(activity)


def expect_report(activity: Activity) -> None:
    """Start the clock of the report anew, for those who organise."""
    own = activity.author.roles & {Role.SECRETARIAT}
    obligations.start(
        "activity.report",
        target=activity,
        due=activity.report_due,
        label=activity.title[:80],
        owner_role=Role.SECRETARIAT if own else Role.FOCAL_POINT,
        institution=activity.organiser,
    )


@transaction.atomic
def withdraw(activity: Activity, *, reason: str, by: Any) -> None:
    """Take the activity back from the public, with the reason."""
    if not reason.strip():
        raise Refused("Tulis alasan mengapa kegiatan ini ditarik.")
    reason = reason.strip()[:300]
    _moves.make(Move.WITHDRAW, activity, by=by, reason=reason, withdrawn_reason=reason)
    obligations.stop_all(activity)


@transaction.atomic
def conclude(activity: Activity, *, by: Any) -> None:
    """Publish the result of a reported activity: summary, results and number of people."""
    if not activity.summary.strip():
        raise Refused("Laporan ini belum memuat ringkasan untuk umum. Isi dulu di laporannya.")
    _moves.make(Move.CONCLUDE, activity, by=by)
