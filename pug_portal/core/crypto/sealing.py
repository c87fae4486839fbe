"""Sealing and opening of single values, and the marker that stands for a sealed one."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError

FORMAT, AES_GCM, HEADER, TAG = 1, 1, 16, 16


class CannotDecrypt(Exception):
    """A sealed value does not open: wrong key, moved to another place, or damaged.

    In a template such a value stays empty and the rest of the page is shown: one damaged row must
    not close a whole list. In code it raises, so that nothing is computed from it or saved over it.
    """

    silent_variable_failure = True


class SealedMisuse(FieldError, TypeError):
    """A sealed field was used where only ciphertext exists (filter, order, update, values)."""


def _pad(data: bytes, block: int) -> bytes:
    data = len(data).to_bytes(4, "big") + data
    return data + bytes(-len(data) % block)


def _unpad(data: bytes) -> bytes:
    return data[4 : 4 + int.from_bytes(data[:4], "big")]


def seal(key: bytes, text: str, context: bytes, *, pad: int, ring_id: int = 0) -> bytes:
    """Return the sealed form of `text`, padded to a multiple of `pad` so that its length tells little.

    `ring_id` is written in the head when a root key seals directly; a data key needs none.
    """
    nonce = os.urandom(12)
    head = bytes([FORMAT, AES_GCM]) + ring_id.to_bytes(2, "big") + nonce
    return head + AESGCM(key).encrypt(nonce, _pad(text.encode(), pad), context)


def sealed_under(sealed: bytes) -> int:
    """Return the root key number in the head of a sealed value (0: a data key)."""
    return int.from_bytes(sealed[2:4], "big")


def unseal(key: bytes, sealed: bytes, context: bytes, *, ring_id: int | None = None) -> str:
    """Return the text of a sealed value; raise CannotDecrypt for anything that does not fit.

    With `ring_id` the head must name that key, so that no byte of the value is free to change.
    """
    known = len(sealed) >= HEADER + TAG and sealed[0] == FORMAT and sealed[1] == AES_GCM
    if not known or ring_id not in (None, sealed_under(sealed)):
        raise CannotDecrypt("bentuk nilai tersegel tidak dikenali")
    try:
        return _unpad(AESGCM(key).decrypt(sealed[4:HEADER], sealed[HEADER:], context)).decode()
    except InvalidTag as problem:
        raise CannotDecrypt("nilai tersegel tidak cocok dengan tempatnya") from problem


class Sealed:
    """Ciphertext as loaded from a row, with the place (model, row, scope) it was loaded from."""

    __slots__ = ("blob", "place")

    def __init__(self, blob: bytes, place=None):
        self.blob, self.place = bytes(blob), place

    def __repr__(self):
        return "<tersegel>"

    def __str__(self):
        raise SealedMisuse("nilai tersegel hanya dapat dibaca lewat barisnya, bukan lewat values()")

    __bool__ = __iter__ = __len__ = __str__
