from activities.models.activity import Activity
from activities.models.choices import (
    Audience,
    Facility,
    Kind,
    Manner,
    PokjaDuty,
    Theme,
)
from activities.models.people import Attendance, Participant, Speaker
from institutions.models import Sex

__all__ = [
    "Activity",
    "Attendance",
    "Audience",
    "Facility",
    "Kind",
    "Manner",
    "Participant",
    "PokjaDuty",
    "Sex",
    "Speaker",
    "Theme",
]
