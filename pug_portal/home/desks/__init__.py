"""What needs attention today, role by role: the most urgent first.

A block asks a named set of a room, through that room's door, and says for each row why it is here.
No rule lives here: who sees what stands in the rooms' access.py.
"""

from collections.abc import Callable, Iterable

from django.urls import reverse

from pug_portal.core.roles import Role
from pug_portal.home.desks import cases, office, reports
from pug_portal.home.desks._blocks import Block

DESKS: dict[str, tuple[Callable, ...]] = {
    Role.COMPLAINT_OFFICER: (
        cases.complaints_to_triage,
        cases.complaints_to_register,
        cases.referrals_with_news,
        cases.referrals_without_answer,
    ),
    Role.COMPANION: (
        cases.follow_ups,
        cases.referrals_with_news,
        cases.referrals_without_answer,
        cases.quiet_cases,
    ),
    Role.CASE_MANAGER: (
        cases.unassigned_cases,
        cases.closures_to_decide,
        cases.referrals_come_back,
        cases.complaints_to_triage,
        cases.quiet_cases,
    ),
    Role.SERUNI_HEAD: (cases.closures_to_decide, cases.unassigned_cases, cases.referrals_without_answer),
    Role.PARTNER: (cases.referrals_to_answer, cases.referrals_to_report_back),
    Role.SECRETARIAT: (
        reports.reports_to_review,
        reports.agencies_without_focal_point,
        office.activities_to_approve,
        office.activities_this_week,
        office.contacts_to_check,
    ),
    Role.FOCAL_POINT: (reports.reports_to_repair, reports.drafts, office.activities_this_week),
    Role.AGENCY_HEAD: (office.activities_this_week,),
    Role.CHAIR: (reports.late_agencies, office.activities_this_week),
    Role.LEADER: (reports.late_agencies, office.activities_this_week),
    Role.TECHNICAL_TEAM: (reports.late_agencies, office.activities_this_week),
    Role.SYSTEM_ADMIN: (
        office.open_invitations,
        office.letters_waiting,
        office.people_without_role,
        office.unverified_institutions,
    ),
    Role.AUDITOR: (office.reveals,),
    Role.SHELTER_OFFICER: (office.public_activities,),
    Role.DATA_MANAGER: (office.public_activities,),
}

# (words, url name, permission): the first things somebody does, beside the heading
QUICK = (
    ("Kartu awal", "seruni_cases:card", "seruni_cases.receive_complaint"),
    ("Cari", "seruni_cases:search", "seruni_cases.search_case"),
    ("Lapor sekarang", "focal_points:log", "focal_points.report_duty"),
    ("Usul kegiatan", "activities:propose", "activities.propose_activity"),
    ("Undang pengguna", "core:invite", "core.invite_user"),
)


def blocks_for(user) -> list[Block]:
    """Return the blocks of every role held today, each once, in the order of the roles."""
    makers: Iterable[Callable] = dict.fromkeys(
        maker for role in DESKS if role in user.roles for maker in DESKS[role]
    )
    return [maker(user) for maker in makers]


def quick_acts(user) -> list[tuple[str, str]]:
    """Return up to three buttons beside the heading."""
    return [(words, reverse(name)) for words, name, perm in QUICK if user.has_perm(perm)][:3]
