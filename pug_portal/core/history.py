"""How the administration tells old and new values of a public register: as people write them."""

from datetime import date, datetime
from typing import Any

from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from pug_portal.core.clock import format_date, format_datetime

EMPTY = "—"


class PortalHistoryHelper(HistoricalRecordContextHelper):
    """Choices by their label, dates in Indonesian, yes and no as words, nothing as a dash."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        plain = super().prepare_delta_change_value(change, value)
        choices = dict(self.model._meta.get_field(change.field).flatchoices)
        return spoken(choices.get(plain, plain) if isinstance(plain, str | int) else plain)


def spoken(value: Any) -> Any:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return format_datetime(value)
    return format_date(value) if isinstance(value, date) else value


class PortalHistoryAdmin(SimpleHistoryAdmin):
    """The history of a public register with values that a reader understands."""

    def get_historical_record_context_helper(self, request: Any, historical_record: Any) -> Any:
        return PortalHistoryHelper(self.model, historical_record)
