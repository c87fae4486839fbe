"""Telephone numbers: typed freely, stored as E.164, shown nationally.

The library reads "62812345678" in region ID as +62 62 812... and calls it
valid, so the country code gets its plus sign before the library sees it.
"""

from __future__ import annotations

import re
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

REGION: Final = "ID"
EXAMPLE: Final = "Contoh 0812 3456 7890."
_SHORT_CODE = re.compile(r"1[0-9]{2,6}")
_LOCAL = re.compile(r"[2-9][0-9]{5,7}")  # a landline without its area code


def parse_phone(text: str, *, short_codes: bool = False) -> str:
    """E.164, e.g. `+6281234567890`, from any usual spelling; landlines need their area code.

    short_codes lets service numbers such as 112 or 1500123 through unchanged.
    Raises ValueError with an Indonesian sentence.
    """
    clean = _with_plus(str(text)[:40])
    if short_codes and _SHORT_CODE.fullmatch(clean):
        return clean
    try:
        number = phonenumbers.parse(clean, REGION)
    except NumberParseException as problem:
        raise ValueError(_unreadable(problem)) from None
    _refuse_impossible(number, local=bool(_LOCAL.fullmatch(clean)))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _with_plus(text: str) -> str:
    clean = re.sub(r"[\s().\-/\u00a0]", "", text)
    clean = re.sub(r"^00(?=62)", "+", clean)
    clean = re.sub(r"^62(?=[2-9])", "+62", clean)
    return re.sub(r"^\+620", "+62", clean)


def _unreadable(problem: NumberParseException) -> str:
    if problem.error_type == NumberParseException.TOO_LONG:
        return f"Nomor terlalu panjang. {EXAMPLE}"
    return f"Tulis nomor telepon dengan angka. {EXAMPLE}"


def _refuse_impossible(number: phonenumbers.PhoneNumber, *, local: bool) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.TOO_SHORT:
        raise ValueError(f"Nomor terlalu pendek. {EXAMPLE}")
    if reason == ValidationResult.TOO_LONG:
        raise ValueError(f"Nomor terlalu panjang. {EXAMPLE}")
    if not phonenumbers.is_valid_number(number):
        if local:
            raise ValueError("Tambahkan kode daerah, misalnya (024) 3543222.")
        raise ValueError(f"Nomor ini tidak dikenal. Periksa angkanya. {EXAMPLE}")


def format_phone(stored: str | None) -> str:
    """`0812-3456-7890` or `(024) 3543222`; foreign numbers keep their country code."""
    if not stored or not stored.startswith("+"):
        return stored or ""
    try:
        number = phonenumbers.parse(stored, REGION)
    except NumberParseException:
        return stored
    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    )
