"""The chronology of a case: everything that happened, with author and time, gaps shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from pug_portal.core import clock
from seruni_cases.models import Case, Code, Codebook

PER_KIND = 200  # a page shows at most the newest 200 of each kind
GAP_DAYS = 21
TYPES = {
    "cerita": "Kronologi",
    "layanan": "Layanan",
    "rujukan": "Rujukan",
    "kontak": "Upaya kontak",
    "persetujuan": "Persetujuan",
    "tahap": "Tahap",
}


@dataclass
class Event:
    when: datetime
    type: str
    title: str
    text: str = ""
    author: str = ""
    gap: str = ""
    month: str = ""
    url: str = ""
    icon: str = ""


def events(case: Case, book: Codebook, *, story: bool, only: str = "") -> list[Event]:
    """Return the events, newest first. Without `story` no sealed text is opened."""
    makers = {
        "cerita": _notes,
        "layanan": _services,
        "rujukan": _referrals,
        "kontak": _attempts,
        "persetujuan": _consents,
        "tahap": _stages,
    }
    chosen = [makers[only]] if only in makers else makers.values()
    found = [event for maker in chosen for event in maker(case, book, story)]
    found.sort(key=lambda event: event.when, reverse=True)
    return _with_gaps(found)


def _with_gaps(found: list[Event]) -> list[Event]:
    """Mark months, and silences of three weeks and more."""
    previous = None
    for event in found:
        day = clock.local(event.when)
        month = f"{clock.MONTHS[day.month - 1]} {day.year}"
        if previous is None or previous[1] != month:
            event.month = month
        if previous and (days := (previous[0] - day).days) >= GAP_DAYS:
            event.gap = f"{days} hari tanpa kegiatan"
        previous = (day, month)
    return found


def _notes(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    for row in case.notes.exclude(kind="tahap").select_related("author")[:PER_KIND]:
        text = row.text if story else ""
        yield Event(row.happened_at, "cerita", row.get_kind_display(), text, row.author.name)


def _services(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    for row in case.services.select_related("staff", "provider")[:PER_KIND]:
        title = f"{book.label(Code.List.SERVICE, row.kind)} — {row.get_result_display().lower()}"
        minutes = f" ({row.minutes} menit)" if row.minutes else ""
        when = datetime.combine(row.given_on, time(12), clock.WIB)
        when = min(when, row.created_at) if row.given_on == clock.today(row.created_at) else when
        text = row.note or "" if story else ""
        who = ", ".join(filter(None, [row.staff.name, row.provider and str(row.provider)]))
        yield Event(when, "layanan", title + minutes, text, who)


def _referrals(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    wanted = case.referrals.select_related("institution", "sent_by", "answered_by", "reported_by")
    for row in wanted[:PER_KIND]:
        what = book.label(Code.List.SERVICE, row.service)
        yield Event(row.sent_at, "rujukan", f"Dirujuk ke {row.institution}: {what}", "", row.sent_by.name)
        if row.answered_at:
            said = "tidak bisa" if row.decline_reason else "diterima"
            text = (row.answer_note or "") if story else ""
            who = row.answered_by.name
            yield Event(row.answered_at, "rujukan", f"{row.institution}: {said}", text, who)
        if row.reported_at:
            text = (row.feedback_note or "") if story else ""
            title = f"Umpan balik {row.institution}: {row.get_result_display().lower()}"
            yield Event(row.reported_at, "rujukan", title, text, row.reported_by.name)


def _attempts(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    for row in case.attempts.select_related("by")[:PER_KIND]:
        way = book.label(Code.List.CONTACT, row.way)
        title = f"{way}: {row.get_result_display().lower()}"
        yield Event(row.at, "kontak", title, (row.note or "") if story else "", row.by.name)


def _consents(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    wanted = case.consents.select_related("recorded_by", "institution", "withdrawn_by")
    for row in wanted[:PER_KIND]:
        to = str(row.institution or "") or book.label(Code.List.FAMILY, row.family)
        title = f"{row.get_purpose_display()}{f' — {to}' if to else ''}"
        refused = "" if row.status != "ditolak" else ": tidak diizinkan"
        yield Event(row.recorded_at, "persetujuan", title + refused, "", row.recorded_by.name)
        if row.withdrawn_at:
            who = row.withdrawn_by.name
            yield Event(row.withdrawn_at, "persetujuan", f"Dicabut: {title}", "", who)


def _stages(case: Case, book: Codebook, story: bool) -> Iterator[Event]:
    by = case.registered_by.name
    yield Event(case.registered_at, "tahap", "Kasus didaftarkan", "", by)
    for row in case.notes.filter(kind="tahap").select_related("author")[:PER_KIND]:
        text = row.text if story else ""
        yield Event(row.happened_at, "tahap", "Perubahan tahap", text, row.author.name)
    for row in case.closures.select_related("proposed_by", "decided_by")[:PER_KIND]:
        reason = book.label(Code.List.CLOSURE, row.reason)
        title = f"Penutupan diusulkan: {reason}"
        yield Event(row.proposed_at, "tahap", title, "", row.proposed_by.name)
        if row.decided_at:
            title = f"Penutupan {row.get_decision_display().lower()}"
            yield Event(row.decided_at, "tahap", title, "", row.decided_by.name)
    for term in case.assignments.select_related("user", "assigned_by")[:PER_KIND]:
        when = datetime.combine(term.starts, time(8), clock.WIB)
        title = f"{term.get_part_display()}: {term.user.name}"
        yield Event(max(when, case.registered_at), "tahap", title)
