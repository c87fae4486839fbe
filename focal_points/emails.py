"""Letters of this room. A letter says that something waits and where; never what."""

from django.urls import reverse

from focal_points.models import Appointment, DutyReport
from pug_portal.core import outbox


def report_returned(report: DutyReport) -> None:
    """Tell the author that a report came back with notes; once per return."""
    outbox.queue(
        "duty_report_returned",
        to=report.author.email,
        context={
            "name": report.author.name,
            "path": reverse("focal_points:report", args=[report.pk]),
        },
        key=f"duty_report_returned/{report.pk}/{report.version}",
    )


def appointed(appointment: Appointment) -> None:
    """Tell a person with an account that she represents her agency from now on."""
    outbox.queue(
        "focal_point_appointed",
        to=appointment.user.email,
        context={
            "name": appointment.user.name,
            "agency": appointment.agency.name,
            "path": reverse("focal_points:reports"),
        },
        key=f"focal_point_appointed/{appointment.pk}/{appointment.user_id}",
    )
