"""Files encrypted at rest, piece by piece.

Layout: magic(4) | root key id(2) | nonce prefix(7), then pieces of 64 KiB, each
AES-256-GCM under nonce prefix | counter(4) | last(1). A flipped bit, swapped
pieces, and a file cut off at a piece's border are all noticed.
"""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pug_portal.core import crypto, keyring

PIECE: Final = 64 * 1024
_TAG: Final = 16
_MAGIC: Final = b"PUG1"
_HEADER: Final = len(_MAGIC) + 2 + 7


class DamagedFile(Exception):
    """The stored file was cut, changed, or belongs to another key."""


def path_of(storage_name: str) -> Path:
    return Path(settings.FILES_DIR) / storage_name[:2] / storage_name


def write(data: bytes, *, scope: uuid.UUID | None) -> str:
    """Encrypt and store; the random name. On disk for good (fsync) before it returns."""
    name = secrets.token_hex(16)
    path = path_of(name)
    _make_folder(path.parent)
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.writelines(_sealed(data, name, scope))
        target.flush()
        os.fsync(target.fileno())
    part.rename(path)
    _fsync_folder(path.parent)
    return name


def pieces(storage_name: str, *, scope: uuid.UUID | None) -> Iterator[bytes]:
    """The stored content, piece by piece. Raises DamagedFile, at the latest at the damaged piece."""
    with path_of(storage_name).open("rb") as source:
        header = source.read(_HEADER)
        if len(header) != _HEADER or not header.startswith(_MAGIC):
            raise DamagedFile(storage_name)
        cipher = AESGCM(_key(storage_name, scope, int.from_bytes(header[4:6])))
        counter, piece = 0, source.read(PIECE + _TAG)
        while True:
            following = source.read(PIECE + _TAG)
            nonce = header[6:] + counter.to_bytes(4) + (b"\x00" if following else b"\x01")
            try:
                yield cipher.decrypt(nonce, piece, header)
            except InvalidTag:
                raise DamagedFile(storage_name) from None
            if not following:
                return
            counter, piece = counter + 1, following


def remove(storage_name: str) -> None:
    path_of(storage_name).unlink(missing_ok=True)


def _sealed(data: bytes, name: str, scope: uuid.UUID | None) -> Iterator[bytes]:
    ring_id = keyring.load().current
    header = _MAGIC + ring_id.to_bytes(2) + os.urandom(7)
    root = crypto.keys.writing_key(scope) if scope else keyring.derive("portal/files", ring_id)
    cipher = AESGCM(_of_file(name, root))
    yield header
    starts = range(0, max(len(data), 1), PIECE)
    for counter, start in enumerate(starts):
        last = b"\x01" if counter == len(starts) - 1 else b"\x00"
        yield cipher.encrypt(header[6:] + counter.to_bytes(4) + last, data[start : start + PIECE], header)


def _key(name: str, scope: uuid.UUID | None, ring_id: int) -> bytes:
    root = crypto.scope_key(scope) if scope else keyring.derive("portal/files", ring_id)
    return _of_file(name, root)


def _of_file(name: str, root: bytes) -> bytes:
    """One key a file. Files of a case hang on the key of the case, so shredding it shreds them."""
    return HKDF(SHA256(), 32, salt=None, info=f"file|{name}".encode()).derive(root)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _fsync_folder(folder.parent)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
