"""NIK, the sixteen digits of the population register.

PPRRSS DDMMYY NNNN: region of first registration, birth date (day + 40 for
women), serial. The code table of regions changes with every new province, so
no number is refused because of its region.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

LENGTH: Final = 16
OLDEST: Final = 105  # years; above this the younger century is certain
_WOMEN: Final = 40


@dataclass(frozen=True)
class NIKFacts:
    """What the digits say. birth is None where they hold no calendar date.

    century_sure is False when both centuries are plausible: a person confirms.
    """

    region: str
    birth: date | None
    sex: str  # "P" or "L"
    century_sure: bool


def normalise_nik(text: str) -> str:
    """The sixteen digits; spaces, dots and dashes are ignored. Raises ValueError."""
    digits = re.sub(r"[\s.\-]", "", str(text)[:60])
    if not re.fullmatch(r"[0-9]*", digits):
        raise ValueError("NIK hanya berisi angka. Tulis 16 angka NIK, atau kosongkan.")
    if len(digits) != LENGTH:
        raise ValueError(f"Tulis 16 angka NIK, atau kosongkan. Sekarang ada {len(digits)} angka.")
    return digits


def read_nik(text: str, *, on: date) -> NIKFacts:
    """What the number says about its holder, on that day (decides the century)."""
    digits = normalise_nik(text)
    day = int(digits[6:8])
    sex = "P" if day > _WOMEN else "L"
    births = _possible_births(
        day % _WOMEN if day > _WOMEN else day, int(digits[8:10]), int(digits[10:12]), on
    )
    plausible = [birth for birth in births if on.year - birth.year <= OLDEST] or births
    birth = max(plausible, default=None)
    return NIKFacts(digits[:6], birth, sex, len(plausible) == 1)


def _possible_births(day: int, month: int, short_year: int, on: date) -> list[date]:
    births = []
    for century in (1900, 2000):
        try:
            birth = date(century + short_year, month, day)
        except ValueError:
            continue
        if birth <= on:
            births.append(birth)
    return births


def mask_nik(digits: str | None) -> str:
    """`3374••••••••0001`: region and serial only, never the birth date."""
    if not digits:
        return ""
    return f"{digits[:4]}••••••••{digits[-4:]}" if len(digits) == LENGTH else "•" * len(digits)
