"""Close the attendance, and report what came of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.access import ensure
from activities.actions import _moves
from activities.models import Activity, Sex
from activities.workflow import Move
from pug_portal.core import obligations
from pug_portal.core.access import Refused
from pug_portal.core.versions import claim


def hold(activity: Activity, *, by: Any) -> None:
    """Say that the activity took place; registration stays open for corrections."""
    _moves.make(Move.HOLD, activity, by=by)


def present(activity: Activity) -> dict[str, int]:
    """Return {"P": women, "L": men} of the list who came on at least one day."""
    came = activity.participants.present()
    return {sex: came.filter(sex=sex).count() for sex in Sex.values}


@transaction.atomic
def report(
    activity: Activity,
    *,
    results: str,
    by: Any,
    innovation: str = "",
    obstacles: str = "",
    follow_up: str = "",
    summary: str = "",
    counted_female: int = 0,
    counted_male: int = 0,
    version: int | None = None,
) -> None:
    """Store the report. Who came is counted from the list, plus heads counted on the spot.

    Raises Refused when nobody was there, Stale when somebody saved first.
    """
    ensure(by, Move.REPORT, activity)
    claim(activity, version)
    came = present(activity)
    female, male = came[Sex.FEMALE] + counted_female, came[Sex.MALE] + counted_male
    if not female + male:
        raise Refused("Belum ada yang tercatat hadir. Catat kehadiran, atau isi jumlah yang dihitung.")
    _moves.make(
        Move.REPORT,
        activity,
        by=by,
        facts={"female": female, "male": male},
        results=results,
        innovation=innovation,
        obstacles=obstacles,
        follow_up=follow_up,
        summary=summary,
        counted_female=counted_female,
        counted_male=counted_male,
        present_female=female,
        present_male=male,
        reported_at=timezone.now(),
    )
    obligations.stop("activity.report", target=activity)
