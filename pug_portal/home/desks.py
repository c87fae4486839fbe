"""What needs attention today, role by role: blocks of at most seven rows, the most urgent first.

A block asks a named set of a room, through that room's door, and says for each row why it is here.
No rule lives here: who sees what stands in the rooms' access.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from activities.access import visible_activities
from activities.models import Activity
from focal_points.access import visible_reports
from focal_points.models import Appointment, DutyReport
from institutions.models import ContactPoint, Institution
from pug_portal.core.clock import format_date, format_datetime, format_day, relative
from pug_portal.core.models import AuditEvent, Invitation, OutboxMessage, RoleAssignment, User
from pug_portal.core.roles import Role
from seruni_cases.access import packets_for, visible_cases, visible_complaints, visible_referrals

ROWS, CAP = 7, 100


@dataclass
class Block:
    """One block of a home: how many wait, the first seven, and where the rest is."""

    title: str
    url: str
    empty: str
    rows: list[dict] = field(default_factory=list)
    number: int = 0

    @property
    def count(self) -> str:
        return f"{CAP}+" if self.number > CAP else str(self.number)


def build(title: str, found: QuerySet, row: Callable, *, url: str, empty: str) -> Block:
    """Return a block of `found` in its own order; counts no further than needed."""
    first = list(found[: ROWS + 1])
    number = len(first) if len(first) <= ROWS else found[: CAP + 1].count()
    return Block(title, reverse(url), empty, [row(one) for one in first[:ROWS]], number)


def _row(title: str, url: str, why: str = "", tone: str = "", action: str = "") -> dict:
    row = {"title": title, "url": url, "why": why, "tone": tone}
    return row | ({"action_url": url, "action_text": action} if action else {})


# PPT SERUNI ------------------------------------------------------------------------------------


def complaints_to_triage(user) -> Block:
    def row(one):
        tone = "late" if one.danger_now == "ya" else "wait"
        url = reverse("seruni_cases:triage", args=[one.code])
        return _row(one.code, url, f"menunggu {relative(one.received_at)}", tone, "Triase")

    found = visible_complaints(user).waiting_triage().order_by("received_at")
    found = found.only("id", "code", "received_at", "danger_now")
    return build(
        "Aduan menunggu triase",
        found,
        row,
        url="seruni_cases:inbox",
        empty="Tidak ada aduan yang menunggu. Kartu baru dibuat dari tombol di atas.",
    )


def complaints_to_register(user) -> Block:
    def row(one):
        url = reverse("seruni_cases:register", args=[one.code])
        return _row(one.code, url, f"ditriase {relative(one.triaged_at)}", "wait", "Daftarkan")

    found = visible_complaints(user).waiting_registration().order_by("triaged_at")
    return build(
        "Jadi kasus, belum didaftarkan",
        found.only("id", "code", "triaged_at"),
        row,
        url="seruni_cases:inbox",
        empty="Semua aduan yang menjadi kasus sudah didaftarkan.",
    )


def follow_ups(user) -> Block:
    today = timezone.localdate()

    def row(one):
        late = one.next_follow_up < today
        why = f"jatuh tempo {format_date(one.next_follow_up, short=True)}"
        url = reverse("seruni_cases:case", args=[one.code])
        return _row(one.code, url, why, "late" if late else "wait", "Buka")

    found = visible_cases(user).follow_up_due().order_by("next_follow_up", "id")
    return build(
        "Harus dihubungi hari ini",
        found.only("id", "code", "next_follow_up"),
        row,
        url="seruni_cases:caseload",
        empty="Tidak ada tindak lanjut yang jatuh tempo hari ini.",
    )


def quiet_cases(user) -> Block:
    def row(one):
        url = reverse("seruni_cases:case", args=[one.code])
        return _row(one.code, url, f"terakhir {relative(one.touched_at)}", "wait")

    since = timezone.now() - timedelta(days=14)
    found = visible_cases(user).quiet_since(since).order_by("touched_at", "id")
    return build(
        "Kasus tanpa kegiatan lebih dari 14 hari",
        found.only("id", "code", "touched_at"),
        row,
        url="seruni_cases:caseload",
        empty="Semua kasus terbuka bergerak dalam dua minggu terakhir.",
    )


def closures_to_decide(user) -> Block:
    def row(one):
        url = reverse("seruni_cases:case", args=[one.code])
        return _row(one.code, url, f"diusulkan {relative(one.touched_at)}", "wait", "Putuskan")

    found = visible_cases(user).waiting_closure().order_by("touched_at", "id")
    return build(
        "Usul penutupan menunggu putusan",
        found.only("id", "code", "touched_at"),
        row,
        url="seruni_cases:caseload",
        empty="Tidak ada usul penutupan yang menunggu.",
    )


def unassigned_cases(user) -> Block:
    def row(one):
        url = reverse("seruni_cases:case", args=[one.code])
        return _row(one.code, url, f"terdaftar {relative(one.registered_at)}", "late", "Tunjuk")

    found = visible_cases(user).without_companion().order_by("registered_at", "id")
    return build(
        "Kasus tanpa pendamping",
        found.only("id", "code", "registered_at"),
        row,
        url="seruni_cases:caseload",
        empty="Semua kasus terbuka sudah ada pendampingnya.",
    )


def _referral_row(url_name: str, words: Callable, action: str) -> Callable:
    def row(one):
        tone = "late" if one.is_late else "wait"
        return _row(one.code, reverse(url_name, args=[one.code]), words(one), tone, action)

    return row


def referrals_without_answer(user) -> Block:
    def words(one):
        return f"{one.institution} · batas {format_datetime(one.answer_due, short=True)}"

    found = visible_referrals(user).waiting_answer().select_related("institution")
    return build(
        "Rujukan menunggu jawaban mitra",
        found.order_by("answer_due"),
        _referral_row("seruni_cases:referral", words, ""),
        url="seruni_cases:caseload",
        empty="Tidak ada rujukan yang menunggu jawaban.",
    )


def referrals_come_back(user) -> Block:
    def words(one):
        return f"{one.institution} · {one.get_status_display().lower()}"

    found = visible_referrals(user).come_back().select_related("institution")
    return build(
        "Rujukan kembali, cari jalan lain",
        found.order_by("sent_at"),
        _referral_row("seruni_cases:referral", words, "Lihat"),
        url="seruni_cases:caseload",
        empty="Tidak ada rujukan yang kembali.",
    )


def referrals_to_answer(user) -> Block:
    def words(one):
        return f"jawab sebelum {format_datetime(one.answer_due, short=True)}"

    return build(
        "Menunggu jawaban Anda",
        packets_for(user).waiting_answer().order_by("answer_due"),
        _referral_row("seruni_cases:packet", words, "Jawab"),
        url="seruni_cases:referrals",
        empty="Tidak ada rujukan yang menunggu jawaban Anda.",
    )


def referrals_to_report_back(user) -> Block:
    def words(one):
        return f"diterima {relative(one.answered_at)}"

    return build(
        "Perlu umpan balik",
        packets_for(user).waiting_feedback().order_by("answered_at"),
        _referral_row("seruni_cases:report_back", words, "Isi"),
        url="seruni_cases:referrals",
        empty="Tidak ada umpan balik yang perlu diisi.",
    )


# Focal points ----------------------------------------------------------------------------------


def reports_to_review(user) -> Block:
    def row(one):
        url = reverse("focal_points:review", args=[one.pk])
        return _row(one.title, url, f"{one.agency} · {relative(one.submitted_at)}", "wait", "Telaah")

    found = visible_reports(user).awaiting_review().select_related("agency")
    return build(
        "Laporan menunggu telaah",
        found,
        row,
        url="focal_points:review_inbox",
        empty="Semua laporan sudah ditelaah.",
    )


def late_agencies(user) -> Block:
    opens_reports = user.has_perm("focal_points.view_dutyreport")

    def row(one):
        own_page = reverse("focal_points:agency_reports", args=[one.pk])
        url = own_page if opens_reports else reverse("focal_points:board")
        return _row(str(one), url, "belum melapor bulan terakhir", "late")

    return build(
        "Perangkat Daerah yang belum melapor",
        DutyReport.objects.late_agencies().order_by("name"),
        row,
        url="focal_points:board",
        empty="Semua Perangkat Daerah sudah melapor.",
    )


def agencies_without_focal_point(user) -> Block:
    def row(one):
        url = reverse("focal_points:appoint_at", args=[one.pk])
        return _row(str(one), url, "belum ada focal point yang berlaku", "late", "Tetapkan")

    return build(
        "Focal point kosong",
        Appointment.objects.vacant_agencies().order_by("name"),
        row,
        url="focal_points:appointments",
        empty="Semua Perangkat Daerah sudah memiliki focal point.",
    )


def reports_to_repair(user) -> Block:
    def row(one):
        url = reverse("focal_points:change", args=[one.pk])
        return _row(one.title, url, f"dikembalikan {relative(one.reviewed_at)}", "late", "Perbaiki")

    return build(
        "Dikembalikan untuk diperbaiki",
        DutyReport.objects.returned_to(user),
        row,
        url="focal_points:reports",
        empty="Tidak ada laporan yang perlu diperbaiki.",
    )


def drafts(user) -> Block:
    def row(one):
        url = reverse("focal_points:report", args=[one.pk])
        return _row(one.title, url, f"kegiatan {format_date(one.held_on, short=True)}", "", "Lanjutkan")

    return build(
        "Belum dikirim",
        DutyReport.objects.drafts_of(user),
        row,
        url="focal_points:reports",
        empty="Tidak ada draf. Catat kegiatan terakhir lewat tombol di atas.",
    )


# Activities, institutions, accounts --------------------------------------------------------------


def _activity_row(one):
    why = f"{format_day(one.starts_at)} · {one.where}"
    return _row(one.title, reverse("activities:overview", args=[one.pk]), why)


def activities_this_week(user) -> Block:
    soon = timezone.now() + timedelta(days=7)
    found = visible_activities(user).coming().filter(starts_at__lt=soon)
    return build(
        "Kegiatan minggu ini",
        found.select_related("organiser").order_by("starts_at", "id"),
        _activity_row,
        url="activities:workspace",
        empty="Tidak ada kegiatan dalam tujuh hari ke depan.",
    )


def activities_to_approve(user) -> Block:
    return build(
        "Usulan kegiatan menunggu persetujuan",
        visible_activities(user).awaiting_approval().order_by("submitted_at", "id"),
        _activity_row,
        url="activities:workspace",
        empty="Tidak ada usulan kegiatan yang menunggu.",
    )


def activities_to_report(user) -> Block:
    return build(
        "Kegiatan selesai, belum dilaporkan",
        visible_activities(user).awaiting_report().order_by("ends_at", "id"),
        _activity_row,
        url="activities:workspace",
        empty="Semua kegiatan yang selesai sudah dilaporkan.",
    )


def contacts_to_check(user) -> Block:
    def row(one):
        url = reverse("institutions:change_contact", args=[one.slug])
        return _row(one.name, url, one.standing[0].lower(), "late", "Periksa")

    return build(
        "Kontak layanan perlu diperiksa",
        ContactPoint.objects.stale(),
        row,
        url="institutions:contacts",
        empty="Semua kontak layanan sudah diperiksa dalam 90 hari terakhir.",
    )


def unverified_institutions(user) -> Block:
    def row(one):
        return _row(one.name, reverse("institutions:institution", args=[one.pk]), "nama belum diperiksa")

    return build(
        "Nama lembaga yang perlu dipastikan",
        Institution.objects.valid().agencies().filter(is_verified=False).order_by("name"),
        row,
        url="institutions:registry",
        empty="Semua nama lembaga sudah dipastikan.",
    )


def open_invitations(user) -> Block:
    def row(one):
        over = one.expires_at < timezone.now()
        why = "kedaluwarsa" if over else f"berlaku sampai {format_date(one.expires_at, short=True)}"
        return _row(one.user.name, reverse("core:invitation", args=[one.pk]), why, "late" if over else "wait")

    found = Invitation.objects.filter(used_at=None, withdrawn_at=None).select_related("user")
    return build(
        "Undangan yang belum diterima",
        found.order_by("expires_at"),
        row,
        url="core:accounts",
        empty="Semua undangan sudah diterima.",
    )


def people_without_role(user) -> Block:
    def row(one):
        return _row(one.name, reverse("core:account", args=[one.pk]), "tidak memegang peran hari ini")

    held = User.objects.filter(is_active=True, is_superuser=False).exclude(
        terms__in=RoleAssignment.objects.current()
    )
    return build(
        "Akun aktif tanpa peran",
        held.order_by("name"),
        row,
        url="core:accounts",
        empty="Semua akun aktif memegang peran.",
    )


def letters_waiting(user) -> Block:
    def row(one):
        why = f"{one.tries} kali dicoba, {one.problem or 'belum terkirim'}"
        return _row(f"Surat {one.letter}", reverse("admin:core_outboxmessage_changelist"), why, "late")

    stuck = OutboxMessage.objects.filter(sent_at=None, tries__gt=0).order_by("created_at")
    return build(
        "Surat yang belum terkirim",
        stuck.only("id", "letter", "tries", "problem"),
        row,
        url="admin:core_outboxmessage_changelist",
        empty="Semua surat sudah terkirim.",
    )


def reveals(user) -> Block:
    def row(one):
        return _row(
            one.get_kind_display(),
            reverse("admin:core_auditevent_change", args=[one.pk]),
            f"{one.actor_label} · {relative(one.at)}",
        )

    return build(
        "Pembukaan identitas terakhir",
        AuditEvent.objects.filter(kind="case.identity_revealed"),
        row,
        url="admin:core_auditevent_changelist",
        empty="Belum ada identitas yang dibuka.",
    )


def public_activities(user) -> Block:
    def row(one):
        return _row(one.title, reverse("activities:activity", args=[one.slug]), format_day(one.starts_at))

    return build(
        "Kegiatan yang akan datang",
        Activity.objects.published().coming().order_by("starts_at", "id"),
        row,
        url="activities:calendar",
        empty="Belum ada kegiatan yang diumumkan.",
    )


DESKS: dict[str, tuple[Callable, ...]] = {
    Role.COMPLAINT_OFFICER: (complaints_to_triage, complaints_to_register),
    Role.COMPANION: (follow_ups, referrals_come_back, referrals_without_answer, quiet_cases),
    Role.CASE_MANAGER: (
        unassigned_cases,
        closures_to_decide,
        referrals_come_back,
        complaints_to_triage,
        quiet_cases,
    ),
    Role.SERUNI_HEAD: (closures_to_decide, unassigned_cases, referrals_without_answer),
    Role.PARTNER: (referrals_to_answer, referrals_to_report_back),
    Role.SECRETARIAT: (
        reports_to_review,
        agencies_without_focal_point,
        activities_to_approve,
        activities_this_week,
        contacts_to_check,
    ),
    Role.FOCAL_POINT: (reports_to_repair, drafts, activities_this_week),
    Role.AGENCY_HEAD: (activities_this_week,),
    Role.CHAIR: (late_agencies, activities_this_week),
    Role.LEADER: (late_agencies, activities_this_week),
    Role.TECHNICAL_TEAM: (late_agencies, activities_this_week),
    Role.SYSTEM_ADMIN: (
        open_invitations,
        letters_waiting,
        people_without_role,
        unverified_institutions,
    ),
    Role.AUDITOR: (reveals,),
    Role.SHELTER_OFFICER: (public_activities,),
    Role.DATA_MANAGER: (public_activities,),
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
