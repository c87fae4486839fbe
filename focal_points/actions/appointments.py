"""Who is focal point: appointed by decree, corrected, ended. The role of the portal goes along."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from focal_points import emails
from focal_points.access import ensure_may_appoint
from focal_points.models import Appointment
from institutions.models import Institution
from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.actions import roles
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.roles import Role
from pug_portal.core.versions import claim

ONE_DAY = timedelta(days=1)


@transaction.atomic
def appoint(
    agency: Institution,
    *,
    by,
    user: User | None = None,
    replaces: Appointment | None = None,
    **facts,
) -> Appointment:
    """Appoint a person and open the portal to her account, if she has one.

    `facts` are the fields of Appointment. `replaces` ends the predecessor's term the day before.
    Raises Refused when the account may not hold the role.
    """
    ensure_may_appoint(by)
    if replaces is not None:
        _make_room(replaces, facts["starts"], by)
    appointment = Appointment.objects.create(agency=agency, user=user, **facts)
    audit.record(
        "focal_point.appointed",
        appointment,
        by=by,
        part=appointment.part,
        starts=appointment.starts.isoformat(),
        account=bool(user),
        replaces=bool(replaces),
    )
    if user is not None:
        _open_portal(appointment, user, by)
    return appointment


def _make_room(predecessor: Appointment, starts: date, by) -> None:
    last_day = max(predecessor.starts, starts - ONE_DAY)
    end(predecessor, on=last_day, reason=Appointment.EndReason.REPLACED, by=by)


@transaction.atomic
def correct(appointment: Appointment, *, version: int | None = None, by, **facts) -> None:
    """Change what was written down wrongly or has changed: contact, position, training.

    The term and the account have acts of their own (`end`, `connect`).
    """
    ensure_may_appoint(by)
    claim(appointment, version)
    changed = [name for name, value in facts.items() if getattr(appointment, name) != value]
    for name in changed:
        setattr(appointment, name, facts[name])
    appointment.save(update_fields=[*changed, "version"])
    audit.record("focal_point.corrected", appointment, by=by, fields=sorted(changed))


@transaction.atomic
def connect(appointment: Appointment, *, user: User, by) -> None:
    """Give the appointed person's account the role, from today or the start of the term."""
    ensure_may_appoint(by)
    if appointment.user_id:
        raise Refused("Penetapan ini sudah terhubung ke sebuah akun.")
    if appointment.ends and appointment.ends < timezone.localdate():
        raise Refused("Masa tugas ini sudah berakhir.")
    claim(appointment)
    appointment.user = user
    appointment.save(update_fields=["user", "version"])
    audit.record("focal_point.connected", appointment, by=by)
    _open_portal(appointment, user, by)


@transaction.atomic
def end(appointment: Appointment, *, on: date, reason: str, version: int | None = None, by) -> None:
    """End a term on its last day; a last day of today or earlier closes the portal at once."""
    ensure_may_appoint(by)
    if appointment.end_reason:
        raise Refused("Masa tugas ini sudah diakhiri.")
    if on < appointment.starts:
        raise Refused("Hari terakhir tidak boleh sebelum hari mulai bertugas.")
    claim(appointment, version)
    appointment.ends, appointment.end_reason = on, reason
    appointment.save(update_fields=["ends", "end_reason", "version"])
    audit.record("focal_point.ended", appointment, by=by, last_day=on.isoformat(), ending=str(reason))
    _close_portal(appointment, on, by)


def _open_portal(appointment: Appointment, user: User, by) -> None:
    """Give the account the role for the term, unless an invitation has given it already."""
    if appointment.ends and appointment.ends < timezone.localdate():
        return
    if not _terms(appointment).overlapping(appointment.starts, appointment.ends).exists():
        roles.grant_role(
            user,
            role=Role.FOCAL_POINT,
            institution=appointment.agency,
            starts=appointment.starts,
            ends=appointment.ends,
            decree_number=appointment.decree_number,
            by=by,
        )
    emails.appointed(appointment)


def _terms(appointment: Appointment):
    return RoleAssignment.objects.filter(
        user=appointment.user_id, role=Role.FOCAL_POINT, institution=appointment.agency_id
    )


def _close_portal(appointment: Appointment, on: date, by) -> None:
    """End the role, unless another running appointment at the same agency still carries it."""
    if appointment.user_id is None or _is_carried_on(appointment, on):
        return
    today = timezone.localdate()
    running = Q(ends=None) | Q(ends__gte=today)
    for term in _terms(appointment).filter(running, ended_at=None):
        if on <= today:
            roles.end_role(term, reason=appointment.end_reason, by=by)
        else:
            _shorten(term, on, by)


def _shorten(term: RoleAssignment, on: date, by) -> None:
    if term.ends is None or term.ends > on:
        term.ends = on
        term.save(update_fields=["ends"])
        audit.record("role.ended", term.user, by=by, role=term.role, ends=on.isoformat())


def _is_carried_on(appointment: Appointment, on: date) -> bool:
    others = Appointment.objects.exclude(pk=appointment.pk)
    return (
        others.current(on + ONE_DAY).filter(user=appointment.user_id, agency=appointment.agency_id).exists()
    )
