"""Dates and times as people read them.

Django's own Indonesian formats mix `07-08-2025` and `7 Agu 2025`; the office
uses three forms only: prose, table, and with the name of the day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

WIB: Final = ZoneInfo("Asia/Jakarta")

MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MONTHS_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

MINUTE, HOUR, DAY = 60, 3600, 86400


def local(moment: datetime) -> datetime:
    """The moment on the office's wall clock. A naive moment is taken as already local."""
    return moment.replace(tzinfo=WIB) if moment.tzinfo is None else moment.astimezone(WIB)


def today(now: datetime | None = None) -> date:
    """The office's calendar day, which is not the UTC day between 00.00 and 07.00 WIB."""
    return local(now or datetime.now(UTC)).date()


def _calendar_day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def format_date(value: date | datetime | None, *, short: bool = False) -> str:
    """`7 Agustus 2025`, or `7 Agu 2025` in tables. Empty text for None."""
    if value is None:
        return ""
    day = _calendar_day(value)
    names = MONTHS_SHORT if short else MONTHS
    return f"{day.day} {names[day.month - 1]} {day.year}"


def format_day(value: date | datetime | None) -> str:
    """`Kamis, 7 Agustus 2025`, for appointments and deadlines."""
    if value is None:
        return ""
    return f"{DAYS[_calendar_day(value).weekday()]}, {format_date(value)}"


def format_time(value: time | datetime | None) -> str:
    """`14.32 WIB`. A datetime is moved to Asia/Jakarta first."""
    if value is None:
        return ""
    clock = local(value) if isinstance(value, datetime) else value
    return f"{clock.hour:02d}.{clock.minute:02d} WIB"


def format_datetime(value: datetime | None, *, short: bool = False) -> str:
    """`7 Agustus 2025, 14.32 WIB`."""
    if value is None:
        return ""
    return f"{format_date(value, short=short)}, {format_time(value)}"


def relative(value: date | datetime, now: datetime | None = None) -> str:
    """`3 jam lalu`, `2 hari lagi`. Always show it beside the absolute time (ux.md 4.2)."""
    moment = local(now or datetime.now(UTC))
    if not isinstance(value, datetime):
        return _relative_days((value - moment.date()).days)
    then = local(value)
    seconds = (then - moment).total_seconds()
    if abs(seconds) >= DAY:
        return _relative_days((then.date() - moment.date()).days)
    return _relative_clock(seconds)


def _relative_clock(seconds: float) -> str:
    side = "lalu" if seconds <= 0 else "lagi"
    gap = abs(seconds)
    if gap < MINUTE:
        return "baru saja" if seconds <= 0 else "sebentar lagi"
    if gap < HOUR:
        return f"{int(gap // MINUTE)} menit {side}"
    return f"{int(gap // HOUR)} jam {side}"


def _relative_days(days: int) -> str:
    near = {0: "hari ini", -1: "kemarin", 1: "besok"}
    if days in near:
        return near[days]
    side = "lalu" if days < 0 else "lagi"
    gap = abs(days)
    if gap < 31:
        return f"{gap} hari {side}"
    if gap < 365:
        return f"{gap // 30} bulan {side}"
    return f"{gap // 365} tahun {side}"
