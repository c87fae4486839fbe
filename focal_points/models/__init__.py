from focal_points.models.appointments import Appointment
from focal_points.models.duties import Duty, DutyPlan
from focal_points.models.reports import DutyReport

__all__ = ["Appointment", "Duty", "DutyPlan", "DutyReport"]
