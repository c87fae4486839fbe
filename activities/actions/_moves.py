"""The one function that changes the stage after the review."""

from typing import Any

from django.db import transaction
from django.db.models import F

from activities.access import ensure
from activities.models import Activity
from activities.workflow import MOVES, Move
from pug_portal.core import audit
from pug_portal.core.access import WrongStage

KINDS = {
    Move.PUBLISH: "activity.published",
    Move.WITHDRAW: "activity.withdrawn",
    Move.HOLD: "activity.held",
    Move.REPORT: "activity.reported",
    Move.CONCLUDE: "activity.concluded",
}


@transaction.atomic
def make(
    move: str, activity: Activity, *, by: Any, reason: str = "", facts: dict | None = None, **changes
) -> None:
    """Make the move where the row still is in a stage it starts from; record it.

    `changes` are stored in the same statement. Raises WrongStage when somebody was first.
    """
    ensure(by, move, activity)
    sources, target = MOVES[move]
    changed = Activity.objects.filter(pk=activity.pk, stage__in=sources).update(
        stage=target, version=F("version") + 1, **changes
    )
    if not changed:
        raise WrongStage("Status kegiatan ini sudah berubah. Muat ulang halaman untuk melihatnya.")
    activity.refresh_from_db()
    audit.record(KINDS[move], activity, by=by, reason=reason, **(facts or {}))
