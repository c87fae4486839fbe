"""Activities as calendar files: title, time in WIB, place. No people."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from activities.models import Activity
from pug_portal.core.clock import local

NAME = "Kegiatan PUG Kota Semarang"


def feed(activities: Iterable[Activity], *, site: str, name: str = NAME) -> bytes:
    """Return an iCalendar file with a VTIMEZONE of Asia/Jakarta. `site`: "https://…" without slash."""
    calendar = Calendar()
    calendar.add("prodid", "-//Portal PUG Kota Semarang//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Jakarta")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for activity in activities:
        calendar.add_component(_event(activity, site))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(activity: Activity, site: str) -> Event:
    event = Event()
    host = site.partition("://")[2].partition("/")[0].partition(":")[0]
    event.add("uid", f"{activity.pk}@{host}")
    event.add("summary", activity.title)
    event.add("dtstart", local(activity.starts_at))
    event.add("dtend", local(activity.ends_at))
    event.add("dtstamp", activity.announced_at or activity.starts_at)
    event.add("sequence", activity.version)
    event.add("status", "CONFIRMED")
    event.add("categories", [activity.get_kind_display()])
    if activity.where:
        event.add("location", activity.where)
    address = f"{site}{activity.get_absolute_url()}"
    event.add("url", address)
    event.add("description", f"{activity.get_kind_display()}, {activity.organiser.name}. {address}")
    return event
