"""Numbers, money, telephones, NIK and names as Indonesians write them.

Pure functions; a refusal is a ValueError whose text tells the person what to
write. Import from this package, not from its parts.
"""

from .names import name_key
from .nik import NIKFacts, mask_nik, normalise_nik, read_nik
from .numbers import (
    Number,
    format_money,
    format_number,
    format_percent,
    parse_decimal,
    parse_integer,
    parse_money,
    parse_percent,
)
from .phones import format_phone, parse_phone

__all__ = [
    "NIKFacts",
    "Number",
    "format_money",
    "format_number",
    "format_percent",
    "format_phone",
    "mask_nik",
    "name_key",
    "normalise_nik",
    "parse_decimal",
    "parse_integer",
    "parse_money",
    "parse_percent",
    "parse_phone",
    "read_nik",
]
