"""Who works on a case, and who must not know of it."""

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.models import Obligation, User
from pug_portal.core.roles import Role
from pug_portal.core.versions import claim
from seruni_cases.access import ensure
from seruni_cases.actions._moves import touch
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Case, CaseAssignment, Exclusion
from seruni_cases.workflow import Act

ROLE_OF = {
    CaseAssignment.Part.COMPANION: Role.COMPANION,
    CaseAssignment.Part.MANAGER: Role.CASE_MANAGER,
}


@transaction.atomic
def assign(case: Case, *, user, part: str, version=None, by) -> CaseAssignment:
    """Give a case to a companion or a manager; the one before ends today."""
    ensure(by, Act.ASSIGN, case)
    if ROLE_OF[part] not in user.roles:
        raise NotYet("Orang ini tidak memegang peran itu hari ini.")
    if Exclusion.objects.filter(file=case.pk, user=user).exists():
        raise NotYet("Orang ini dikecualikan dari kasus ini.")
    claim(case, version)
    _end_current(case, part)
    term = CaseAssignment.objects.create(case=case, user=user, part=part, assigned_by=by)
    if part == CaseAssignment.Part.COMPANION:
        Obligation.objects.about(case).open().filter(kind__startswith="case.").exclude(
            kind="case.plan_approval"
        ).update(owner=user, owner_role="")
    touch(case)
    audit.record("case.assigned", case, by=by, scope=case.pk, part=part, user=user.get_short_name())
    return term


def _end_current(case: Case, part: str) -> None:
    case.assignments.filter(part=part, ends__isnull=True).update(ends=timezone.localdate())


@transaction.atomic
def exclude(case: Case, *, user, by) -> None:
    """Hide a case, and the complaint it came from, from somebody at once."""
    ensure(by, Act.EXCLUDE, case)
    if user.pk == by.pk:
        raise NotYet("Minta orang lain mengecualikan Anda, agar kasus ini tetap ada yang menangani.")
    for file in _files(case):
        Exclusion.objects.get_or_create(file=file, user=user, defaults={"by": by})
    case.assignments.filter(user=user, ends__isnull=True).update(ends=timezone.localdate())
    audit.record("case.excluded", case, by=by, scope=case.pk, user=user.get_short_name())


@transaction.atomic
def include(case: Case, *, user: User, by) -> None:
    """End an exclusion."""
    ensure(by, Act.EXCLUDE, case)
    Exclusion.objects.filter(file__in=_files(case), user=user).delete()
    audit.record("case.included", case, by=by, scope=case.pk, user=user.get_short_name())


def _files(case: Case) -> list:
    merged = list(case.merged_complaints.values_list("pk", flat=True))
    return [case.pk, *merged, *([case.complaint_id] if case.complaint_id else [])]
