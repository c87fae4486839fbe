"""Proof that a printed document came from the portal: a short code, and its QR.

The code is a keyed digest of the facts printed on the sheet (number, date,
name of the office...), so nothing is stored and nothing can be guessed. Codes
stay readable after the root key was rotated.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import segno

from pug_portal.core import keyring
from pug_portal.core.numbers import ALPHABET

LENGTH: Final = 12  # of 31 letters: 59 bits
_PURPOSE: Final = "portal/seal"


def seal_code(*facts: object) -> str:
    """`7F3Q-X2M9-K4TB` for facts that the sheet shows, in this order."""
    return _code(facts, keyring.derive(_PURPOSE))


def seal_fits(code: str, *facts: object) -> bool:
    """Whether the code was printed for these facts; any case, spaces and dashes as typed."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    return any(
        hmac.compare_digest(
            _code(facts, keyring.derive(_PURPOSE, key_id)).replace("-", "").encode(), typed.encode()
        )
        for key_id in keyring.load().keys
    )


def _code(facts: tuple[object, ...], key: bytes) -> str:
    # The length before each fact keeps ("ab", "c") and ("a", "bc") apart.
    text = "".join(f"{len(str(fact))}:{fact}" for fact in facts)
    number = int.from_bytes(hmac.new(key, text.encode(), hashlib.sha256).digest())
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "-".join("".join(letters[start : start + 4]) for start in range(0, LENGTH, 4))


def qr_svg(text: str, title: str = "Kode QR") -> str:
    """Inline SVG with attributes only, so it stands under a CSP without inline styles."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, title=title, border=2, light="#fff")
