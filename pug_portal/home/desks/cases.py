"""What waits at the PPT SERUNI desk, with companions, with the head, and with partners."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.clock import format_date, format_datetime, relative
from pug_portal.home.desks._blocks import Block, build, line
from seruni_cases.access import packets_for, visible_cases, visible_complaints, visible_referrals


def _since(moment) -> str:
    return relative(moment).removesuffix(" lalu")


def complaints_to_triage(user) -> Block:
    def row(one):
        tone = "late" if one.danger_now == "ya" else "wait"
        url = reverse("seruni_cases:triage", args=[one.code])
        return line(one.code, url, f"menunggu {_since(one.received_at)}", tone, "Triase")

    danger_first = models.Case(models.When(danger_now="ya", then=0), default=1)
    found = visible_complaints(user).waiting_triage().order_by(danger_first, "received_at")
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
        return line(one.code, url, f"ditriase {relative(one.triaged_at)}", "wait", "Daftarkan")

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
        return line(one.code, url, why, "late" if late else "wait", "Buka")

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
        return line(one.code, url, f"terakhir {relative(one.touched_at)}", "wait")

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
        return line(one.code, url, f"diusulkan {relative(one.touched_at)}", "wait", "Putuskan")

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
        return line(one.code, url, f"terdaftar {relative(one.registered_at)}", "late", "Tunjuk")

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
        return line(one.code, reverse(url_name, args=[one.code]), words(one), tone, action)

    return row


def _sent_from_open_cases(user):
    return visible_referrals(user).filter(case__in=visible_cases(user).open())


def referrals_without_answer(user) -> Block:
    def words(one):
        return f"{one.institution} · batas {format_datetime(one.answer_due, short=True)}"

    found = _sent_from_open_cases(user).waiting_answer().select_related("institution")
    return build(
        "Rujukan menunggu jawaban mitra",
        found.order_by("answer_due"),
        _referral_row("seruni_cases:referral", words, ""),
        url="seruni_cases:caseload",
        empty="Tidak ada rujukan yang menunggu jawaban.",
    )


def _news_of(one) -> str:
    if one.reported_at:
        return f"{one.institution} memberi kabar {relative(one.reported_at)}"
    if not one.answered_at:
        return f"{one.institution} tidak menjawab sampai batasnya"
    who = f" oleh {one.answered_by.name}" if one.answered_by else ""
    return f"{one.get_status_display()}{who}, {format_datetime(one.answered_at, short=True)}"


def referrals_with_news(user) -> Block:
    def row(one):
        url = reverse("seruni_cases:referral", args=[one.code])
        tone = "late" if one.tone == "late" else "ok"
        return line(one.code, url, _news_of(one), tone, "Baca")

    found = _sent_from_open_cases(user).with_news().select_related("institution", "answered_by")
    found = found.defer("packet", "basis_reason", "answer_note", "feedback_note")
    return build(
        "Kabar dari mitra",
        found.order_by("sent_at"),
        row,
        url="seruni_cases:caseload",
        empty="Semua kabar dari mitra sudah dibaca.",
    )


def referrals_come_back(user) -> Block:
    def words(one):
        return f"{one.institution} · {one.get_status_display().lower()}"

    found = _sent_from_open_cases(user).come_back().select_related("institution")
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
