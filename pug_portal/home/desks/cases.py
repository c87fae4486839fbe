"""What waits at the PPT SERUNI desk, with companions, with the head, and with partners."""

from datetime import timedelta

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.clock import format_date, format_datetime, relative
from pug_portal.home.desks._blocks import Block, build, line
from seruni_cases.access import packets_for, visible_cases, visible_complaints, visible_referrals


def _block(title: str, found: QuerySet, *, opens: str, why, tone="wait", act="", whole: str, empty: str):
    """Return a block of files known by code; `why` and `tone` are told by each row."""

    def row(one):
        address = reverse(f"seruni_cases:{opens}", args=[one.code])
        return line(one.code, address, why(one), tone(one) if callable(tone) else tone, act)

    return build(title, found, row, url=f"seruni_cases:{whole}", empty=empty)


def _since(moment) -> str:
    return relative(moment).removesuffix(" lalu")


def complaints_to_triage(user) -> Block:
    danger_first = models.Case(models.When(danger_now="ya", then=0), default=1)
    found = visible_complaints(user).waiting_triage().order_by(danger_first, "received_at")
    return _block(
        "Aduan menunggu triase",
        found.only("id", "code", "received_at", "danger_now"),
        opens="triage",
        why=lambda one: f"menunggu {_since(one.received_at)}",
        tone=lambda one: "late" if one.danger_now == "ya" else "wait",
        act="Triase",
        whole="inbox",
        empty="Tidak ada aduan yang menunggu. Kartu baru dibuat dari tombol di atas.",
    )


def complaints_to_register(user) -> Block:
    found = visible_complaints(user).waiting_registration().order_by("triaged_at")
    return _block(
        "Jadi kasus, belum didaftarkan",
        found.only("id", "code", "triaged_at"),
        opens="register",
        why=lambda one: f"ditriase {relative(one.triaged_at)}",
        act="Daftarkan",
        whole="inbox",
        empty="Semua aduan yang menjadi kasus sudah didaftarkan.",
    )


def follow_ups(user) -> Block:
    today = timezone.localdate()
    found = visible_cases(user).follow_up_due().order_by("next_follow_up", "id")
    return _block(
        "Harus dihubungi hari ini",
        found.only("id", "code", "next_follow_up"),
        opens="case",
        why=lambda one: f"jatuh tempo {format_date(one.next_follow_up, short=True)}",
        tone=lambda one: "late" if one.next_follow_up < today else "wait",
        act="Buka",
        whole="caseload",
        empty="Tidak ada tindak lanjut yang jatuh tempo hari ini.",
    )


def quiet_cases(user) -> Block:
    since = timezone.now() - timedelta(days=14)
    found = visible_cases(user).quiet_since(since).order_by("touched_at", "id")
    return _block(
        "Kasus tanpa kegiatan lebih dari 14 hari",
        found.only("id", "code", "touched_at"),
        opens="case",
        why=lambda one: f"terakhir {relative(one.touched_at)}",
        whole="caseload",
        empty="Semua kasus terbuka bergerak dalam dua minggu terakhir.",
    )


def closures_to_decide(user) -> Block:
    found = visible_cases(user).waiting_closure().order_by("touched_at", "id")
    return _block(
        "Usul penutupan menunggu putusan",
        found.only("id", "code", "touched_at"),
        opens="case",
        why=lambda one: f"diusulkan {relative(one.touched_at)}",
        act="Putuskan",
        whole="caseload",
        empty="Tidak ada usul penutupan yang menunggu.",
    )


def unassigned_cases(user) -> Block:
    found = visible_cases(user).without_companion().order_by("registered_at", "id")
    return _block(
        "Kasus tanpa pendamping",
        found.only("id", "code", "registered_at"),
        opens="case",
        why=lambda one: f"terdaftar {relative(one.registered_at)}",
        tone="late",
        act="Tunjuk",
        whole="caseload",
        empty="Semua kasus terbuka sudah ada pendampingnya.",
    )


def _sent_from_open_cases(user) -> QuerySet:
    sent = visible_referrals(user).filter(case__in=visible_cases(user).open())
    return sent.select_related("institution")


def _urgency(one) -> str:
    return "late" if one.is_late else "wait"


def referrals_without_answer(user) -> Block:
    return _block(
        "Rujukan menunggu jawaban mitra",
        _sent_from_open_cases(user).waiting_answer().order_by("answer_due"),
        opens="referral",
        why=lambda one: f"{one.institution} · batas {format_datetime(one.answer_due, short=True)}",
        tone=_urgency,
        whole="caseload",
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
    found = _sent_from_open_cases(user).with_news().select_related("institution", "answered_by")
    return _block(
        "Kabar dari mitra",
        found.defer("packet", "basis_reason", "answer_note", "feedback_note").order_by("sent_at"),
        opens="referral",
        why=_news_of,
        tone=lambda one: "late" if one.tone == "late" else "ok",
        act="Baca",
        whole="caseload",
        empty="Semua kabar dari mitra sudah dibaca.",
    )


def referrals_come_back(user) -> Block:
    return _block(
        "Rujukan kembali, cari jalan lain",
        _sent_from_open_cases(user).come_back().order_by("sent_at"),
        opens="referral",
        why=lambda one: f"{one.institution} · {one.get_status_display().lower()}",
        act="Lihat",
        whole="caseload",
        empty="Tidak ada rujukan yang kembali.",
    )


def referrals_to_answer(user) -> Block:
    return _block(
        "Menunggu jawaban Anda",
        packets_for(user).waiting_answer().order_by("answer_due"),
        opens="packet",
        why=lambda one: f"jawab sebelum {format_datetime(one.answer_due, short=True)}",
        tone=_urgency,
        act="Jawab",
        whole="referrals",
        empty="Tidak ada rujukan yang menunggu jawaban Anda.",
    )


def referrals_to_report_back(user) -> Block:
    return _block(
        "Perlu umpan balik",
        packets_for(user).waiting_feedback().order_by("answered_at"),
        opens="report_back",
        why=lambda one: f"diterima {relative(one.answered_at)}",
        act="Isi",
        whole="referrals",
        empty="Tidak ada umpan balik yang perlu diisi.",
    )
