"""Roles: given for a term, at an institution, by somebody who may; taken back at once."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.actors import SYSTEM
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.roles import INSTITUTION_ROLES, INVITED_BY_SECRETARIAT, Role, why_incompatible


def ensure_may_manage(by) -> None:
    if by is not SYSTEM and not by.has_perm("core.manage_accounts"):
        raise Refused("Akun dikelola oleh Admin sistem.")


def ensure_may_invite(by) -> None:
    if by is not SYSTEM and not (by.has_perm("core.manage_accounts") or by.has_perm("core.invite_user")):
        raise Refused("Undangan dibuat oleh Admin sistem atau Sekretariat.")


def may_grant(by, role: str) -> bool:
    """Answer whether `by` may give `role` to somebody else."""
    if by is SYSTEM or by.has_perm("core.manage_accounts"):
        return True
    return by.has_perm("core.invite_user") and role in INVITED_BY_SECRETARIAT


def ensure_may_grant(by, role: str) -> None:
    ensure_may_invite(by)
    if role and not may_grant(by, role):
        raise Refused(f"Peran {Role(role).label} diberikan oleh Admin sistem.")


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: str,
    institution=None,
    starts: date | None = None,
    ends: date | None = None,
    decree_number: str = "",
    by,
) -> RoleAssignment:
    """Give `user` a role for a term.

    Refuses, with the reason, what one person may not hold in the same days, a second term of the
    same role at the same place, and giving to oneself.
    """
    ensure_may_grant(by, role)
    if user.pk == getattr(by, "pk", None):
        raise Refused("Anda tidak dapat memberi peran kepada diri sendiri. Minta admin lain.")
    User.objects.select_for_update().get(pk=user.pk)  # two grants at once see each other
    term = RoleAssignment(
        user=user,
        role=role,
        institution=institution if role in INSTITUTION_ROLES else None,
        starts=starts or timezone.localdate(),
        ends=ends,
        decree_number=decree_number,
        granted_by=None if by is SYSTEM else by,
    )
    term.full_clean()
    _refuse_clashes(term)
    term.save(force_insert=True)
    _forget(user)
    audit.record("role.granted", user, by=by, role=role, **_term_facts(term))
    return term


def _refuse_clashes(term: RoleAssignment) -> None:
    held = RoleAssignment.objects.filter(user_id=term.user_id).overlapping(term.starts, term.ends)
    for other in held:
        if reason := why_incompatible(term.role, other.role):
            raise Refused(reason)
        if (other.role, other.institution_id) == (term.role, term.institution_id):
            raise Refused("Peran ini sudah dipegang di lembaga yang sama pada masa itu.")


def _term_facts(term: RoleAssignment) -> dict[str, Any]:
    return {
        "starts": term.starts.isoformat(),
        "ends": term.ends.isoformat() if term.ends else "",
        "institution": str(term.institution_id or ""),
    }


@transaction.atomic
def end_role(term: RoleAssignment, *, reason: str, by) -> None:
    """End a term now: what it opened closes with the next request."""
    if by is not SYSTEM and not may_grant(by, term.role):
        raise Refused("Peran ini diakhiri oleh Admin sistem.")
    if not stop_term(term, at=timezone.now()):
        raise WrongStage("Peran ini sudah berakhir.")
    audit.record("role.ended", term.user, by=by, role=term.role, reason=reason)


def stop_term(term: RoleAssignment, *, at: datetime) -> bool:
    """Mark a term as ended by hand; answer whether it was still running or to come."""
    day = timezone.localdate(at)
    waiting = RoleAssignment.objects.filter(pk=term.pk, ended_at=None)
    stopped = waiting.exclude(ends__lt=day).update(ended_at=at)
    if stopped:
        term.ended_at = at
        _forget(term.user)
    return bool(stopped)


def _forget(user: User) -> None:
    user.__dict__.pop("assignments", None)  # read again with the next question
