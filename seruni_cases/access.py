"""The door: who may see and do what with complaints, cases and referrals.

Every sentence with "may" of this room stands here. Lists, pages, search, print and figures all
start from `visible_*`; what is not visible is answered like what does not exist.
"""

from collections.abc import Iterable

from django.db.models import (
    Count,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.http import Http404, HttpRequest
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.numbers import read_code
from pug_portal.core.roles import Role
from seruni_cases.models import (
    Case,
    CaseAssignment,
    Complaint,
    Consent,
    Exclusion,
    IdentityReveal,
    Person,
    Referral,
    SafeContact,
    Service,
)
from seruni_cases.workflow import AFTER_THE_END, TABLE, UNSETTLED, Act, Move, Status

NOBODY = Q(pk__in=[])
EVERYTHING = Q(pk__isnull=False)
NOT_YOURS = "Kasus ini tidak termasuk tugas Anda."
SUPERVISORS = frozenset({Role.CASE_MANAGER, Role.SERUNI_HEAD})


def _roles(user) -> frozenset[str]:
    """Return the roles that count here: none for strangers, closed accounts and technical rank."""
    if not user.is_active or user.is_superuser:
        return frozenset()
    return user.roles


def _excluded_files(user) -> QuerySet:
    return Exclusion.objects.filter(user=user).values("file")


# Sight ---------------------------------------------------------------------------------------


def visible_cases(user) -> QuerySet[Case]:
    """Return the cases `user` may see: starts from none and adds, role by role."""
    roles, ways = _roles(user), NOBODY
    if roles & SUPERVISORS:
        ways |= EVERYTHING
    if Role.COMPANION in roles:
        mine = CaseAssignment.objects.current().filter(user=user)
        ways |= Q(pk__in=mine.values("case"))
    if Role.COMPLAINT_OFFICER in roles:
        # She carries a case she registered until its companion takes over.
        ways |= Q(registered_by=user, status=Status.REGISTRATION)
    if ways == NOBODY:
        return Case.objects.none()
    return Case.objects.filter(ways).exclude(pk__in=_excluded_files(user))


def known_cases(user) -> QuerySet[Case]:
    """Return the cases of which `user` may learn that they exist, and who works on them."""
    if not _roles(user) or not user.has_perm("seruni_cases.search_case"):
        return Case.objects.none()
    return Case.objects.exclude(pk__in=_excluded_files(user))


def visible_complaints(user) -> QuerySet[Complaint]:
    """Return the complaints `user` may read."""
    roles, ways = _roles(user), NOBODY
    if roles & SUPERVISORS:
        ways |= EVERYTHING
    if Role.COMPLAINT_OFFICER in roles:
        ways |= Q(outcome__in=UNSETTLED) | Q(receiver=user)
    if Role.COMPANION in roles:
        mine = visible_cases(user).filter(complaint__isnull=False)
        ways |= Q(receiver=user) | Q(pk__in=mine.values("complaint"))
    if ways == NOBODY:
        return Complaint.objects.none()
    excluded = _excluded_files(user)
    return Complaint.objects.filter(ways).exclude(pk__in=excluded)


def visible_referrals(user) -> QuerySet[Referral]:
    """Return the requests that were sent from cases `user` may see."""
    return Referral.objects.filter(case__in=visible_cases(user))


def packets_for(user) -> QuerySet[Referral]:
    """Return the requests addressed to the institution at which `user` is a partner today."""
    if Role.PARTNER not in _roles(user):
        return Referral.objects.none()
    own = user.institution_ids(Role.PARTNER)
    addressed = Referral.objects.filter(institution__in=own).reach_partner()
    return addressed.exclude(case__in=_excluded_files(user))


def visible_reveals(user) -> QuerySet[IdentityReveal]:
    """Return who opened identities, for those who supervise it."""
    if not _roles(user) & SUPERVISORS:
        return IdentityReveal.objects.none()
    return IdentityReveal.objects.exclude(file__in=_excluded_files(user))


def counted_cases(user) -> QuerySet[Case]:
    """Return the cases `user` may count: all of them, for whoever keeps the figures; never to read."""
    if not _roles(user) or not user.has_perm("seruni_cases.view_figures"):
        return Case.objects.none()
    return Case.objects.all()


def known_people(user) -> QuerySet[Person]:
    """Return survivors among whom `user` may look for the same person; never shows a name."""
    return Person.objects.filter(code__in=known_cases(user).values("survivor"))


def with_contact_phone(phone: str) -> QuerySet:
    """Return the files (people, complaints) whose safe contact has this number."""
    index = SafeContact._meta.get_field("phone_index").index_of(phone)
    return SafeContact.objects.filter(phone_index=index).values("file")


def companions_of(cases: Iterable) -> dict:
    """Return case id -> name of today's companion, for rows that came through the door."""
    held = CaseAssignment.objects.current().filter(
        case__in=[case.pk for case in cases], part=CaseAssignment.Part.COMPANION
    )
    return dict(held.values_list("case", "user__name"))


def load_of_officers() -> dict:
    """Return user id -> number of open cases held today."""
    held = CaseAssignment.objects.current().filter(case__in=Case.objects.open())
    return dict(held.values_list("user").annotate(n=Count("case", distinct=True)))


def excluded_from(case: Case) -> QuerySet[Exclusion]:
    """Return who must not know of a case that the asker may see."""
    return Exclusion.objects.filter(file=case.pk).select_related("user", "by")


def officers_for(case: Case, roles: Iterable[str]) -> QuerySet[User]:
    """Return active people of these roles who are not excluded from the case."""
    held = RoleAssignment.objects.current().filter(role__in=list(roles)).values("user")
    people = User.objects.filter(is_active=True, pk__in=held)
    return people.exclude(pk__in=excluded_from(case).values("user")).order_by("name")


# Opening -------------------------------------------------------------------------------------


def _found(queryset, code: str):
    row = queryset.filter(code=read_code(code) or "").first()
    if row is None:
        raise Http404
    return row


def open_case(request: HttpRequest, code: str) -> Case:
    """Return a visible case and record that it was read; 404 when missing or not visible."""
    wanted = visible_cases(request.user).select_related("kecamatan", "kelurahan__parent", "survivor")
    mine = _reveals_of(request.user, OuterRef("pk")).values("until")[:1]
    case = _found(wanted.annotate(revealed=Subquery(mine)), code)
    if request.method != "POST":
        audit.note("case.viewed", case, by=request.user, scope=case.pk)
    return case


def fetch_for_page(case: Case) -> None:
    """Read what a case page shows beside the case, one query per kind, nothing sealed."""
    prefetch_related_objects(
        [case],
        Prefetch("assignments", CaseAssignment.objects.select_related("user")),
        Prefetch("consents", Consent.objects.select_related("institution").defer("words")),
        Prefetch("referrals", Referral.objects.select_related("institution").defer("packet")),
        Prefetch("services", Service.objects.select_related("staff", "provider").defer("note")),
        "violence",
    )


def open_complaint(request: HttpRequest, code: str) -> Complaint:
    """Return a visible complaint and record that it was read; 404 as above."""
    wanted = visible_complaints(request.user).select_related("kelurahan__parent", "receiver")
    complaint = _found(wanted.select_related("case", "handed_to", "merged_into"), code)
    if request.method != "POST":
        audit.note("complaint.viewed", complaint, by=request.user, scope=complaint.pk)
    return complaint


def open_sent_referral(request: HttpRequest, code: str) -> Referral:
    """Return a request of a visible case; 404 as above."""
    wanted = visible_referrals(request.user).select_related("case", "institution", "sent_by")
    return _found(wanted, code)


def open_packet(request: HttpRequest, code: str) -> Referral:
    """Return a request addressed to the partner and record the reading; 404 as above."""
    referral = _found(packets_for(request.user).select_related("consent", "institution"), code)
    if request.method != "POST":
        audit.note("referral.viewed", referral, by=request.user, scope=referral.case_id)
    return referral


# Doing ---------------------------------------------------------------------------------------


def permission_of(act: Move | Act) -> str:
    name = TABLE[act].permission if isinstance(act, Move) else act.value
    return f"seruni_cases.{name}"


def _is_legal(act: Move | Act, status: str) -> bool:
    if isinstance(act, Move):
        return status in TABLE[act].sources
    return act in AFTER_THE_END or status not in {Status.CLOSED, Status.TRANSFERRED}


def sees(user, case: Case) -> bool:
    return visible_cases(user).filter(pk=case.pk).exists()


def why_not(user, act: Move | Act, case: Case) -> str:
    """Return why `user` may not do `act` in `case` now, in Indonesian; "" when she may."""
    if not user.has_perm(permission_of(act)):
        return "Peran Anda tidak memegang tindakan ini."
    if not sees(user, case):
        return NOT_YOURS
    if not _is_legal(act, case.status):
        return f"Tindakan ini tidak dapat dilakukan pada tahap {case.get_status_display()}."
    return ""


def may(user, act: Move | Act, case: Case) -> bool:
    """Return whether `user` may do `act` in `case` now; buttons, views and actions ask this."""
    return not why_not(user, act, case)


def ensure(user, act: Move | Act, case: Case) -> None:
    """Raise Refused unless `may`; every action calls it first."""
    if reason := why_not(user, act, case):
        raise Refused(reason)


def allowed(user, case: Case, acts: Iterable = (*Move, *Act)) -> set:
    """Return which of `acts` the user may do in a case that came through `open_case`."""
    return {act for act in acts if user.has_perm(permission_of(act)) and _is_legal(act, case.status)}


def ensure_complaint(user, permission: str, complaint: Complaint) -> None:
    """Raise Refused unless `user` holds the permission and sees the complaint."""
    if not user.has_perm(f"seruni_cases.{permission}"):
        raise Refused("Peran Anda tidak memegang tindakan ini.")
    if not visible_complaints(user).filter(pk=complaint.pk).exists():
        raise Refused("Aduan ini tidak termasuk tugas Anda.")


def ensure_packet(user, permission: str, referral: Referral) -> None:
    """Raise Refused unless the request is addressed to the partner's institution."""
    if not user.has_perm(f"seruni_cases.{permission}"):
        raise Refused("Peran Anda tidak memegang tindakan ini.")
    if not packets_for(user).filter(pk=referral.pk).exists():
        raise Refused("Rujukan ini tidak ditujukan kepada lembaga Anda.")


# Reading -------------------------------------------------------------------------------------


def _reveals_of(user, file) -> QuerySet[IdentityReveal]:
    """Return the openings of `file` by `user` that still run, the longest first."""
    running = IdentityReveal.objects.filter(file=file, by=user, until__gt=timezone.now())
    return running.order_by("-until")


def revealed_until(user, file: Case | Complaint):
    """Return until when the identity of `file` is open for `user`, None when it is masked."""
    return _reveals_of(user, file.pk).values_list("until", flat=True).first()


def may_see_identity(user, file: Case | Complaint) -> bool:
    """Narrower than sight: only within ten minutes after an opening with a reason."""
    if not user.has_perm("seruni_cases.reveal_identity"):
        return False
    sight = visible_cases(user) if isinstance(file, Case) else visible_complaints(user)
    return sight.filter(pk=file.pk).exists() and revealed_until(user, file) is not None


def may_read_story(user, case: Case) -> bool:
    """Whether what was told may be read: the head reads codes, and the story by a reveal."""
    if not sees(user, case):
        return False
    if _roles(user) <= {Role.SERUNI_HEAD}:
        return revealed_until(user, case) is not None
    return True


def packet_is_open(referral: Referral) -> bool:
    """Whether the partner may read the agreed fields: accepted, not over, consent still runs."""
    consent = referral.consent
    return referral.is_taken and (consent is None or consent.is_live)
