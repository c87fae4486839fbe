"""Every sentence with "may" about focal points, their plans and their reports.

A focal point sees everything of the own agency, drafts too. The head of the agency sees what was
sent. Secretariat, technical team and chair see what was sent by anybody. What somebody may not see
does not exist for her: the answer is 404, not 403.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from focal_points.models import Appointment, DutyPlan, DutyReport
from focal_points.workflow import SOURCES, UNDO_GRACE, UNDO_SECONDS, Verb
from institutions.models import Institution
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.review import Stage
from pug_portal.core.roles import Role

CITY_READERS = frozenset({Role.SECRETARIAT, Role.TECHNICAL_TEAM, Role.CHAIR})

_PERMISSION = {
    Verb.LOG: "focal_points.report_duty",
    Verb.CHANGE: "focal_points.report_duty",
    Verb.SUBMIT: "focal_points.submit_report",
    Verb.SEND_BACK: "focal_points.review_report",
    Verb.APPROVE: "focal_points.review_report",
    Verb.UNDO: "focal_points.review_report",
}
_OF_THE_AGENCY = frozenset({Verb.LOG, Verb.CHANGE, Verb.SUBMIT})


def _is_somebody(user) -> bool:
    return user.is_authenticated and user.is_active


def desk_agencies(user) -> frozenset[UUID]:
    """Return the agencies this person works for as focal point today."""
    return user.institution_ids(Role.FOCAL_POINT) if _is_somebody(user) else frozenset()


def board_agencies(user) -> frozenset[UUID]:
    """Return the agencies whose own board this person opens: as focal point or as head."""
    if not _is_somebody(user):
        return frozenset()
    return desk_agencies(user) | user.institution_ids(Role.AGENCY_HEAD)


def visible_reports(user) -> QuerySet[DutyReport]:
    """Return the reports `user` may see today."""
    if not _is_somebody(user):
        return DutyReport.objects.none()
    if user.roles & CITY_READERS:
        sight = ~Q(stage=Stage.DRAFT)
    else:
        sight = Q(agency__in=user.institution_ids(Role.AGENCY_HEAD)) & ~Q(stage=Stage.DRAFT)
    return DutyReport.objects.filter(sight | Q(agency__in=desk_agencies(user)))


def open_report(user, pk: UUID) -> DutyReport:
    """Return one visible report with its agency, author and plan; 404 for all others."""
    reports = visible_reports(user).select_related("agency", "author", "plan", "reviewer")
    return get_object_or_404(reports, pk=pk)


def open_agency(user, pk: UUID) -> Institution:
    """Return an agency whose reports `user` may read; 404 for all others."""
    agencies = Institution.objects.agencies()
    if not user.roles & CITY_READERS:
        agencies = agencies.filter(pk__in=board_agencies(user))
    return get_object_or_404(agencies, pk=pk)


def visible_plans(user) -> QuerySet[DutyPlan]:
    """Return the plans `user` may see today: the own agency's, or all for the city's readers."""
    if not _is_somebody(user):
        return DutyPlan.objects.none()
    if user.roles & CITY_READERS:
        return DutyPlan.objects.all()
    return DutyPlan.objects.filter(agency__in=board_agencies(user))


def open_plan(user, pk: UUID) -> DutyPlan:
    return get_object_or_404(visible_plans(user).select_related("agency"), pk=pk)


def visible_appointments(user) -> QuerySet[Appointment]:
    """Return the appointments with all their facts; the public directory shows less of them."""
    if not _is_somebody(user):
        return Appointment.objects.none()
    if user.has_perm("focal_points.appoint_focal_point"):
        return Appointment.objects.all()
    return Appointment.objects.filter(agency__in=board_agencies(user))


def open_appointment(user, pk: UUID) -> Appointment:
    return get_object_or_404(visible_appointments(user).select_related("agency", "user"), pk=pk)


def ensure_works_for(user, agency: Institution, permission: str) -> None:
    """Raise Refused unless `user` is focal point of `agency` and holds `permission`."""
    if not user.has_perm(permission) or agency.pk not in desk_agencies(user):
        raise Refused("Hanya focal point lembaga ini yang dapat melakukannya.")


def ensure_may_appoint(user) -> None:
    if not user.has_perm("focal_points.appoint_focal_point"):
        raise Refused("Hanya sekretariat Pokja yang menetapkan focal point.")


def ensure(user, verb: Verb, report: DutyReport) -> None:
    """Raise Refused, with the reason, unless `user` may do `verb` to `report` now."""
    if verb in _OF_THE_AGENCY:
        ensure_works_for(user, report.agency, _PERMISSION[verb])
    else:
        _ensure_reviews(user, verb, report)
    if verb in SOURCES and report.stage not in SOURCES[verb]:
        raise WrongStage(f"Laporan ini berstatus {report.get_stage_display().lower()}.")
    if verb == Verb.UNDO:
        _ensure_may_still_undo(user, report)


def may(user, verb: Verb, report: DutyReport) -> bool:
    """Answer whether `ensure` would let it pass; buttons ask this."""
    try:
        ensure(user, verb, report)
    except Refused:
        return False
    return True


def _ensure_reviews(user, verb: Verb, report: DutyReport) -> None:
    # Rank alone is not sight: the superuser reviews nothing.
    if not user.has_perm(_PERMISSION[verb]) or not user.roles & CITY_READERS:
        raise Refused("Hanya sekretariat Pokja yang menelaah laporan.")
    # A colleague may have sent it, so the whole agency counts as author.
    if report.author_id == user.pk or report.agency_id in desk_agencies(user):
        raise Refused("Laporan lembaga Anda sendiri ditelaah oleh orang lain.")


def _ensure_may_still_undo(user, report: DutyReport) -> None:
    if report.reviewer_id != user.pk or report.reviewed_at is None:
        raise Refused("Hanya penelaah yang memutus dapat mengurungkan putusannya.")
    passed = (timezone.now() - report.reviewed_at).total_seconds()
    if passed > UNDO_SECONDS + UNDO_GRACE:
        raise Refused(f"Putusan hanya dapat diurungkan dalam {UNDO_SECONDS} detik.")
    if report.snapshot != report.content_hash():
        raise WrongStage("Penyusun sudah mulai memperbaiki laporan ini.")
