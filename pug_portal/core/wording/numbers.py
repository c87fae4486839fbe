"""Numbers: a dot groups thousands, a comma begins the fraction.

Files and phones bring the other convention too. Where both readings are
possible the portal asks back instead of choosing (ux.md 4.2).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

Number = int | float | Decimal

_INDONESIAN = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_DOT_FRACTION = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)\.([0-9]+)")
_COMMA_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+")
_LONGEST: Final = 24
_MULTIPLES: Final = {
    "ribu": 10**3,
    "rb": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
}


def format_number(value: Number | None, places: int | None = None) -> str:
    """`1.234,56`. places fixes the digits after the comma; without it trailing zeros are dropped."""
    if value is None:
        return ""
    amount = Decimal(str(value))
    if places is not None:
        amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{amount:,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = "-" if whole.startswith("-") and (whole.strip("-0,") or fraction.strip("0")) else ""
    whole = whole.removeprefix("-").replace(",", ".")
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def format_money(value: Number | None) -> str:
    """`Rp1.234.567`, whole rupiah; `-Rp500` below zero."""
    if value is None:
        return ""
    text = format_number(value, 0)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def format_percent(value: Number | None, places: int = 1) -> str:
    """`12,5%` from 12.5 (points, not a share); `12%` when the fraction is zero."""
    if value is None:
        return ""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{format_number(rounded)}%"


def parse_decimal(text: str, places: int = 2) -> Decimal:
    """A number with at most so many digits after the comma.

    `1.234` is 1234, as in every Indonesian text. `12.5`, `1,234` (with fewer
    than three places) and `1,234.5` could mean two things: ValueError asks which.
    """
    clean = _without_spaces(text)
    match = _INDONESIAN.fullmatch(clean)
    if match and len(match[1] or "") <= places:
        return Decimal(clean.replace(".", "").replace(",", "."))
    raise ValueError(_question(clean, places))


def _without_spaces(text: str) -> str:
    clean = re.sub(r"[\s\u00a0\u202f_]", "", str(text)).replace("−", "-")
    if len(clean) > _LONGEST:
        raise ValueError(f"Angka terlalu panjang. Tulis paling banyak {_LONGEST} angka.")
    return clean


def _question(clean: str, places: int) -> str:
    if _COMMA_THOUSANDS.fullmatch(clean):
        thousands = clean.replace(",", ".")
        tail = f" atau {clean.rstrip('0')} (pecahan)" if places and clean.count(",") == 1 else ""
        return f"Maksud Anda {thousands}{tail}? Tulis titik untuk ribuan dan koma untuk pecahan."
    if match := _DOT_FRACTION.fullmatch(clean):
        if not places:
            return f"Maksud Anda {match[2].replace(',', '.')}? Tulis angka bulat tanpa pecahan."
        meant = format_number(Decimal(f"{match[1]}{match[2].replace(',', '')}.{match[3]}"))
        return f"Maksud Anda {meant}? Tulis koma untuk pecahan dan titik untuk ribuan."
    if match := _INDONESIAN.fullmatch(clean):
        return (
            f"Tulis paling banyak {places} angka di belakang koma."
            if places
            else f"Tulis angka bulat tanpa koma, misalnya {clean.partition(',')[0] or '12'}."
        )
    return "Tulis dengan angka, misalnya 1.234,5." if places else "Tulis dengan angka bulat, misalnya 1.234."


def parse_integer(text: str) -> int:
    """A whole number; `1.234` and `1234` are the same."""
    return int(parse_decimal(text, 0))


def parse_percent(text: str, places: int = 2) -> Decimal:
    """Points of percent: `12,5%` and `12,5` are both 12.5."""
    return parse_decimal(_without_spaces(text).removesuffix("%"), places)


def parse_money(text: str) -> int:
    """Whole rupiah from `Rp1.234.567`, `1234567`, `Rp 1.500.000,00`, `1.500.000,-` or `1,5 juta`."""
    clean = " ".join(str(text).lower().split())[:40]
    clean = re.sub(r"^(-?)\s*rp[. ]*", r"\1", clean).removesuffix(",-").removesuffix(",00")
    for word, factor in _MULTIPLES.items():
        if clean.endswith(word):
            return int(parse_decimal(clean.removesuffix(word), 3 if factor > 1000 else 0) * factor)
    return parse_integer(clean)
