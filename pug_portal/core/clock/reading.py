"""Dates and times as people type them.

Django with LANGUAGE_CODE="id" accepts 12/13/2010 as month/day, turns 60 into
2060 and refuses "17 Agustus 1945" (ux.md 4.2). Here day comes before month
always, years have four digits, and a refusal says what to write instead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time
from typing import Final

from .writing import DAYS, MONTHS

EXAMPLE: Final = "misalnya 17 Agustus 2012 atau 17/8/2012"
FIRST_YEAR, LAST_YEAR = 1900, 2099

# English names stand here because phones and old files bring them.
_MONTH_WORDS: Final = (
    "jan januari january",
    "feb peb februari pebruari february",
    "mar mrt maret march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "agu ags agt agus agust agustus aug august",
    "sep sept september",
    "okt oct oktober october",
    "nov nop november nopember",
    "des dec desember december",
)
_MONTH_BY_WORD: Final = {
    word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()
}
_DAY_BY_WORD: Final = {name.lower(): number for number, name in enumerate(DAYS)} | {"ahad": 6, "jum'at": 4}

_DIGITS = re.compile(r"([0-9]{1,2})([0-9]{2})([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T][0-9:.+Z]*)?")
_NUMERIC = re.compile(r"([0-9]{1,2})\s*[-/., ]\s*([0-9]{1,2})\s*[-/., ]\s*([0-9]{1,4})")
_WORDED = re.compile(r"([0-9]{1,2})[-/., ]*([a-z]+)[-/., ]*([0-9]{1,4})")
_MONTH_ONLY = re.compile(r"([a-z]+)[-/., ]*([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:.]\s*([0-9]{2})(?:[:.][0-9]{2}(?:\.[0-9]+)?)?")
_CLOCK_DIGITS = re.compile(r"([0-9]{1,2})([0-9]{2})")


def parse_date(text: str) -> date:
    """The date that a person typed: day, month, year in any usual Indonesian spelling, or ISO.

    Raises ValueError whose text is an Indonesian sentence for the person.
    """
    clean = " ".join(str(text).lower().split())[:60]
    weekday, clean = _split_weekday(clean)
    day, month, year = _parts(clean)
    found = _checked(day, month, year)
    if weekday is not None and found.weekday() != weekday:
        raise ValueError(
            f"Tanggal itu hari {DAYS[found.weekday()]}, bukan {DAYS[weekday]}. Periksa tanggalnya."
        )
    return found


def _split_weekday(clean: str) -> tuple[int | None, str]:
    first, _, rest = clean.partition(" ")
    weekday = _DAY_BY_WORD.get(first.rstrip(","))
    return (weekday, rest) if weekday is not None else (None, clean)


def _parts(clean: str) -> tuple[str, str, str]:
    if len(clean) == 8 and (match := _DIGITS.fullmatch(clean)):
        return match[1], match[2], match[3]
    if match := _ISO.fullmatch(clean):
        return match[3], match[2], match[1]
    if match := _NUMERIC.fullmatch(clean) or _WORDED.fullmatch(clean):
        return match[1], match[2], match[3]
    if (match := _MONTH_ONLY.fullmatch(clean)) and match[1] in _MONTH_BY_WORD:
        raise ValueError(f"Tambahkan tanggalnya, {EXAMPLE}.")
    raise ValueError(f"Tulis hari, bulan, dan tahun, {EXAMPLE}.")


def _checked(day_text: str, month_text: str, year_text: str) -> date:
    year = _year(year_text)
    day = int(day_text)
    month = _month(month_text, day=day, year=year)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            f"{MONTHS[month - 1]} {year} hanya punya tanggal 1 sampai {last}. Periksa tanggalnya."
        )
    return date(year, month, day)


def _year(text: str) -> int:
    if len(text) != 4:
        raise ValueError("Tulis tahun dengan empat angka, misalnya 1960 atau 2012.")
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"Tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}. Tulis hari dulu, lalu bulan dan tahun."
        )
    return year


def _month(text: str, *, day: int, year: int) -> int:
    if not text.isdigit():
        if text not in _MONTH_BY_WORD:
            raise ValueError(f"Nama bulan “{text}” tidak dikenal. Tulis misalnya Agustus atau Agu.")
        return _MONTH_BY_WORD[text]
    month = int(text)
    if 1 <= month <= 12:
        return month
    # 12/13/2010: somebody wrote the month first; offer the swap, never make it.
    hint = (
        f" Tulis hari dulu, lalu bulan: {month}/{day}/{year}." if 1 <= day <= 12 and 13 <= month <= 31 else ""
    )
    raise ValueError(f"Bulan harus antara 1 dan 12.{hint}")


def parse_time(text: str) -> time:
    """The time of day that a person typed: 14:30, 14.30, 1430, with or without `pukul` and `WIB`.

    Raises ValueError whose text is an Indonesian sentence for the person.
    """
    clean = str(text).lower().strip()[:40]
    clean = clean.removeprefix("pukul").removeprefix("jam").removesuffix("wib").strip()
    match = _CLOCK.fullmatch(clean) or _CLOCK_DIGITS.fullmatch(clean)
    if not match:
        raise ValueError("Tulis jam dan menit dengan jam 24, misalnya 14.30.")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23:
        raise ValueError("Jam harus antara 0 dan 23, misalnya 14.30.")
    if minute > 59:
        raise ValueError("Menit harus antara 0 dan 59, misalnya 14.30.")
    return time(hour, minute)
