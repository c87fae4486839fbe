"""What waits around activities, the register, accounts, letters and the record."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from activities.access import visible_activities
from activities.models import Activity
from institutions.models import ContactPoint, Institution
from pug_portal.core.clock import format_date, format_day, relative
from pug_portal.core.models import AuditEvent, Invitation, OutboxMessage, RoleAssignment, User
from pug_portal.home.desks._blocks import Block, build, line


def _activity_row(one):
    why = f"{format_day(one.starts_at)} · {one.where}"
    return line(one.title, reverse("activities:overview", args=[one.pk]), why)


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
        return line(one.name, url, one.standing[0].lower(), "late", "Periksa")

    return build(
        "Kontak layanan perlu diperiksa",
        ContactPoint.objects.stale(),
        row,
        url="institutions:contacts",
        empty="Semua kontak layanan sudah diperiksa dalam 90 hari terakhir.",
    )


def unverified_institutions(user) -> Block:
    def row(one):
        return line(one.name, reverse("institutions:institution", args=[one.pk]), "nama belum diperiksa")

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
        return line(one.user.name, reverse("core:invitation", args=[one.pk]), why, "late" if over else "wait")

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
        return line(one.name, reverse("core:account", args=[one.pk]), "tidak memegang peran hari ini")

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
        return line(f"Surat {one.letter}", reverse("admin:core_outboxmessage_changelist"), why, "late")

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
        return line(
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
        return line(one.title, reverse("activities:activity", args=[one.slug]), format_day(one.starts_at))

    return build(
        "Kegiatan yang akan datang",
        Activity.objects.published().coming().order_by("starts_at", "id"),
        row,
        url="activities:calendar",
        empty="Belum ada kegiatan yang diumumkan.",
    )
