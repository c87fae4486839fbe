"""Letters of this room: something waits, and where. One function per letter."""

from django.conf import settings
from django.urls import reverse

from activities.models import Activity
from pug_portal.core import outbox


def proposal_returned(activity: Activity) -> None:
    """Tell the author that the proposal came back with notes."""
    _to_author("activity_returned", activity)


def proposal_approved(activity: Activity) -> None:
    """Tell the author that the proposal was accepted."""
    _to_author("activity_approved", activity)


def _to_author(letter: str, activity: Activity) -> None:
    address = settings.SITE_URL + reverse("activities:overview", args=[activity.pk])
    outbox.queue(
        letter,
        to=activity.author.email,
        context={"name": activity.author.name, "title": activity.title, "url": address},
        key=f"{letter}/{activity.pk}/{activity.version}",
    )
