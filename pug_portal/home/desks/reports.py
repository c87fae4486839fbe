"""What waits with focal points and with those who read their reports."""

from django.urls import reverse

from focal_points.access import visible_reports
from focal_points.models import Appointment, DutyReport
from pug_portal.core.clock import format_date, relative
from pug_portal.home.desks._blocks import Block, build, line


def reports_to_review(user) -> Block:
    def row(one):
        url = reverse("focal_points:review", args=[one.pk])
        return line(one.title, url, f"{one.agency} · {relative(one.submitted_at)}", "wait", "Telaah")

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
        return line(str(one), url, "belum melapor bulan terakhir", "late")

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
        return line(str(one), url, "belum ada focal point yang berlaku", "late", "Tetapkan")

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
        return line(one.title, url, f"dikembalikan {relative(one.reviewed_at)}", "late", "Perbaiki")

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
        return line(one.title, url, f"kegiatan {format_date(one.held_on, short=True)}", "", "Lanjutkan")

    return build(
        "Belum dikirim",
        DutyReport.objects.drafts_of(user),
        row,
        url="focal_points:reports",
        empty="Tidak ada draf. Catat kegiatan terakhir lewat tombol di atas.",
    )
