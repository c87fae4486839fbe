"""Roles of the office and what each may do. Grants live here, and nowhere else.

A grant is a permission codename of one room. `seruni_cases` permissions never come from being a
superuser: technical rights are not sight (docs/decisions/0012).
"""

from django.db.models import TextChoices


class Role(TextChoices):
    SYSTEM_ADMIN = "admin_sistem", "Admin sistem"
    SECRETARIAT = "sekretariat", "Sekretariat Pokja"
    CHAIR = "ketua", "Ketua Pokja (Bappeda)"
    LEADER = "pimpinan", "Pimpinan"
    AGENCY_HEAD = "kepala_pd", "Kepala Perangkat Daerah"
    TECHNICAL_TEAM = "tim_teknis", "Tim Teknis"
    FOCAL_POINT = "focal_point", "Focal Point"
    COMPLAINT_OFFICER = "petugas_pengaduan", "Petugas Pengaduan"
    COMPANION = "pendamping", "Pendamping"
    CASE_MANAGER = "manajer_kasus", "Manajer Kasus"
    SERUNI_HEAD = "ketua_seruni", "Ketua PPT SERUNI"
    SHELTER_OFFICER = "petugas_rumah_aman", "Petugas Rumah Aman"
    PARTNER = "mitra_layanan", "Mitra Layanan"
    DATA_MANAGER = "pengelola_data", "Pengelola Data"
    AUDITOR = "auditor", "Auditor / Pejabat Pelindungan Data"


# Roles that are held at one institution; the others act for the whole city.
INSTITUTION_ROLES = frozenset({Role.AGENCY_HEAD, Role.FOCAL_POINT, Role.PARTNER})

# Roles that can reach a case.
CASE_ROLES = frozenset(
    {
        Role.COMPLAINT_OFFICER,
        Role.COMPANION,
        Role.CASE_MANAGER,
        Role.SERUNI_HEAD,
        Role.SHELTER_OFFICER,
        Role.PARTNER,
        Role.DATA_MANAGER,
        Role.AUDITOR,
    }
)
# What the secretariat may give with an invitation; every other role is given by Admin sistem.
INVITED_BY_SECRETARIAT = frozenset({Role.AGENCY_HEAD, Role.FOCAL_POINT, Role.TECHNICAL_TEAM, Role.LEADER})
MFA_ROLES = CASE_ROLES | {Role.SYSTEM_ADMIN}

_everyone = {"core.use_portal"}

_registry_view = {
    f"institutions.view_{model}"
    for model in (
        "institution",
        "region",
        "post",
        "postholder",
        "decree",
        "membership",
        "legalbasis",
        "award",
        "awardedition",
        "document",
        "pokjaduty",
    )
}
_registry_change = {
    f"institutions.{verb}_{model}"
    for verb in ("add", "change", "delete")
    for model in (
        "institution",
        "post",
        "postholder",
        "decree",
        "membership",
        "legalbasis",
        "award",
        "awardedition",
        "document",
        "contactpoint",
        "page",
    )
} | {
    "institutions.change_region",
    "institutions.change_pokjaduty",
    "institutions.view_contactpoint",
    "institutions.view_page",
    "institutions.import_institution",
    "institutions.export_institution",
    "institutions.manage_pokja",
    "institutions.publish_decree",
    "institutions.view_registry",
}

_activity_work = {
    "activities.propose_activity",
    "activities.change_activity",
    "activities.register_participant",
    "activities.export_participant",
    "activities.mark_attendance",
    "activities.report_activity",
    "activities.view_activity",
}

_focal_desk = {
    "focal_points.plan_duty",
    "focal_points.report_duty",
    "focal_points.submit_report",
    "focal_points.view_dutyreport",
    "focal_points.view_dutyplan",
    "focal_points.view_own_board",
}

_case_sight = {
    "seruni_cases.view_case",
    "seruni_cases.view_caseload",
    "seruni_cases.search_case",
}
_case_work = _case_sight | {
    "seruni_cases.register_case",
    "seruni_cases.note_case",
    "seruni_cases.consent_case",
    "seruni_cases.move_case",
    "seruni_cases.provide_service",
    "seruni_cases.refer_case",
    "seruni_cases.follow_up",
    "seruni_cases.propose_closure",
    "seruni_cases.reveal_identity",
}

GRANTS: dict[str, frozenset[str]] = {
    role: frozenset(_everyone | grants)
    for role, grants in {
        Role.SYSTEM_ADMIN: {
            "core.manage_accounts",
            "core.invite_user",
            "core.add_user",
            "core.change_user",
            "core.view_user",
            "core.add_roleassignment",
            "core.change_roleassignment",
            "core.view_roleassignment",
            "core.view_invitation",
            "core.add_invitation",
            "core.view_outboxmessage",
            "core.view_importrun",
            "seruni_cases.view_code",
            "seruni_cases.add_code",
            "seruni_cases.change_code",
            "activities.view_activity",
        }
        | _registry_view
        | _registry_change,
        Role.SECRETARIAT: {
            "core.invite_user",
            "core.view_importrun",
            "focal_points.appoint_focal_point",
            "focal_points.review_report",
            "focal_points.view_board",
            "focal_points.view_dutyreport",
            "focal_points.view_appointment",
            "focal_points.add_appointment",
            "focal_points.change_appointment",
            "focal_points.import_appointment",
            "focal_points.export_appointment",
            "focal_points.export_dutyreport",
            "focal_points.view_dutyplan",
            "activities.publish_activity",
            "activities.view_speaker",
            "activities.add_speaker",
            "activities.change_speaker",
            "activities.delete_speaker",
        }
        | _registry_view
        | _registry_change
        | _activity_work,
        Role.CHAIR: {
            "institutions.publish_decree",
            "institutions.view_registry",
            "focal_points.view_board",
            "focal_points.view_dutyreport",
            "activities.view_activity",
        }
        | _registry_view,
        Role.LEADER: {
            "institutions.view_registry",
            "focal_points.view_board",
            "activities.view_activity",
        },
        Role.AGENCY_HEAD: {
            "institutions.view_registry",
            "focal_points.view_own_board",
            "focal_points.view_dutyreport",
            "focal_points.view_dutyplan",
            "activities.view_activity",
        },
        Role.TECHNICAL_TEAM: {
            "institutions.view_registry",
            "focal_points.view_board",
            "focal_points.view_dutyreport",
            "activities.view_activity",
        },
        Role.FOCAL_POINT: {"institutions.view_registry"} | _focal_desk | _activity_work,
        Role.COMPLAINT_OFFICER: {
            "seruni_cases.receive_complaint",
            "seruni_cases.triage_complaint",
            "seruni_cases.view_complaint",
            "seruni_cases.register_case",
            "seruni_cases.reveal_identity",
            # Only in a case she registered herself, until a companion takes over (access.py).
            "seruni_cases.note_case",
            "seruni_cases.consent_case",
            "seruni_cases.provide_service",
            "seruni_cases.refer_case",
        }
        | _case_sight,
        Role.COMPANION: {
            "seruni_cases.receive_complaint",
            "seruni_cases.view_complaint",
        }
        | _case_work,
        Role.CASE_MANAGER: {
            "seruni_cases.receive_complaint",
            "seruni_cases.triage_complaint",
            "seruni_cases.view_complaint",
            "seruni_cases.assign_case",
            "seruni_cases.exclude_user",
            "seruni_cases.approve_plan",
            "seruni_cases.approve_closure",
            "seruni_cases.reopen_case",
            "seruni_cases.view_figures",
        }
        | _case_work,
        Role.SERUNI_HEAD: {
            "seruni_cases.view_complaint",
            "seruni_cases.approve_closure",
            "seruni_cases.reopen_case",
            "seruni_cases.view_figures",
            "seruni_cases.reveal_identity",
            "seruni_cases.assign_case",
            "seruni_cases.exclude_user",
        }
        | _case_sight,
        Role.SHELTER_OFFICER: {"seruni_cases.view_shelter"},
        Role.PARTNER: {
            "seruni_cases.view_referral",
            "seruni_cases.answer_referral",
            "seruni_cases.report_back",
        },
        Role.DATA_MANAGER: {"seruni_cases.view_figures"},
        Role.AUDITOR: {"core.view_auditevent", "core.view_user", "core.view_roleassignment"},
    }.items()
}

# Pairs that one person never holds at the same time, with the reason (case-management §3.4).
_INCOMPATIBLE: dict[frozenset[str], str] = {
    frozenset({Role.COMPANION, Role.CASE_MANAGER}): (
        "Pendamping dan manajer kasus saling memeriksa, jadi tidak boleh dipegang satu orang."
    ),
    frozenset({Role.DATA_MANAGER, Role.SYSTEM_ADMIN}): (
        "Pengelola data tidak boleh sekaligus mengelola akun dan pengaturan."
    ),
}


def why_incompatible(one: str, other: str) -> str:
    """Return the reason, in Indonesian, why one person may not hold both roles; "" if they may."""
    pair = frozenset({one, other})
    if pair in _INCOMPATIBLE:
        return _INCOMPATIBLE[pair]
    if len(pair) == 2 and Role.AUDITOR in pair:
        return "Auditor tidak boleh memegang peran lain agar pemeriksaannya tetap bebas."
    if Role.SYSTEM_ADMIN in pair and pair & CASE_ROLES:
        return "Admin sistem tidak boleh melihat kasus, jadi tidak boleh memegang peran kasus."
    if Role.FOCAL_POINT in pair and pair & (CASE_ROLES - {Role.AUDITOR}):
        return "Focal point tidak boleh memiliki jalan ke data kasus."
    return ""
