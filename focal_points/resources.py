"""Registers of this room as sheets: which columns come in and go out.

Accounts are no column: a sheet appoints people, and the way into the portal is opened by hand.
"""

from focal_points.models import Appointment, DutyReport
from institutions.models import Institution
from pug_portal.core.resources import LookupWidget, PhoneWidget, PortalResource

AGENCY = LookupWidget(Institution.objects.agencies(), fields=("name", "abbreviation"))


class AppointmentResource(PortalResource):
    """One row per person and term, known by agency, name and first day."""

    class Meta(PortalResource.Meta):
        model = Appointment
        import_id_fields = ("agency", "name", "starts")
        fields = (
            "agency",
            "name",
            "sex",
            "position",
            "unit",
            "part",
            "decree_number",
            "decree_date",
            "starts",
            "ends",
            "office_phone",
            "office_email",
            "trained_pug",
            "trained_pprg",
            "name_is_public",
        )
        widgets = {"agency": AGENCY, "office_phone": PhoneWidget()}


class DutyReportResource(PortalResource):
    """Reports leave as a sheet; they never come in as one, because each is reviewed."""

    class Meta(PortalResource.Meta):
        model = DutyReport
        fields = (
            "agency",
            "duty",
            "title",
            "held_on",
            "place",
            "women",
            "men",
            "result",
            "stage",
            "submitted_at",
            "approved_at",
        )
        widgets = {"agency": AGENCY}
