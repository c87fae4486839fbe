"""Ages in whole years, and the age groups of the national statistics (SIMFONI-PPA)."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import TextChoices

CHILD_UNTIL: Final = 18  # years; Law 35/2014, article 1: a child is not yet 18


class AgeBand(TextChoices):
    """The groups of SIMFONI-PPA; the value is what is stored and exported."""

    TODDLER = "0-5", "0–5 tahun"
    SCHOOL = "6-12", "6–12 tahun"
    TEEN = "13-17", "13–17 tahun"
    YOUNG = "18-24", "18–24 tahun"
    ADULT = "25-44", "25–44 tahun"
    MATURE = "45-59", "45–59 tahun"
    ELDER = "60+", "60 tahun ke atas"
    UNKNOWN = "unknown", "Belum diketahui"


_LAST_AGE: Final = (
    (5, AgeBand.TODDLER),
    (12, AgeBand.SCHOOL),
    (17, AgeBand.TEEN),
    (24, AgeBand.YOUNG),
    (44, AgeBand.ADULT),
    (59, AgeBand.MATURE),
)


def age(birth: date, on: date) -> int:
    """Completed years on that day. Raises ValueError when birth lies after it."""
    if birth > on:
        raise ValueError("Tanggal lahir tidak boleh sesudah hari itu. Periksa tahunnya.")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_words(birth: date, on: date) -> str:
    """`13 tahun 4 bulan (anak)`, read back to whoever typed the date of birth."""
    years = age(birth, on)
    months = (on.month - birth.month - (on.day < birth.day)) % 12
    words = [f"{years} tahun"] if years else []
    if months or not years:
        words.append(f"{months} bulan")
    return f"{' '.join(words)} ({'anak' if years < CHILD_UNTIL else 'dewasa'})"


def is_child(birth: date, on: date) -> bool:
    return age(birth, on) < CHILD_UNTIL


def band_for_age(years: int | None) -> AgeBand:
    """The group of an age in whole years; None or a negative age is unknown."""
    if years is None or years < 0:
        return AgeBand.UNKNOWN
    return next((band for last, band in _LAST_AGE if years <= last), AgeBand.ELDER)


def band_for_birth(birth: date | None, on: date) -> AgeBand:
    if birth is None or birth > on:
        return AgeBand.UNKNOWN
    return band_for_age(age(birth, on))
