"""Name who speaks."""

from typing import Any

from django.db import transaction

from activities.access import ensure
from activities.models import Activity, Speaker
from activities.workflow import RUNNING, Move
from pug_portal.core import audit


@transaction.atomic
def add_speaker(activity: Activity, *, by: Any, **values: Any) -> Speaker:
    """Put a speaker on the programme, after the others."""
    ensure(by, _move_for(activity), activity)
    last = activity.speakers.order_by("-order").values_list("order", flat=True).first() or 0
    speaker = Speaker.objects.create(activity=activity, order=last + 1, **values)
    audit.record("speaker.added", activity, by=by)
    return speaker


@transaction.atomic
def remove_speaker(speaker: Speaker, *, by: Any) -> None:
    """Take a speaker off the programme."""
    activity = speaker.activity
    ensure(by, _move_for(activity), activity)
    speaker.delete()
    audit.record("speaker.removed", activity, by=by)


def _move_for(activity: Activity) -> str:
    # A programme fills until the last day; before the approval it is part of the proposal.
    return Move.REGISTER if activity.stage in RUNNING else Move.CHANGE
