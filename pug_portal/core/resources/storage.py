"""Where an uploaded sheet waits between preview and confirmation.

The library's default is a readable file in the system's temp folder that stays
if nobody confirms. Here it is sealed, in the cache that all workers share, for
30 minutes, and opens only for the person who sent it (ecosystem.md T5).
"""

from __future__ import annotations

import os
import secrets
from contextvars import ContextVar
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from import_export.tmp_storages import BaseStorage

from pug_portal.core import keyring

from .formats import SheetRefused

LIFETIME: Final = 30 * 60  # seconds

# Set by the admin mixin for the length of one request; the library gives the storage no request.
importer: ContextVar[str] = ContextVar("importer")


class SealedCacheStorage(BaseStorage):
    """Save, read once or more, remove. Raises SheetRefused when the sheet is gone or somebody else's."""

    def save(self, data: bytes) -> None:
        self.name = secrets.token_hex(16)
        nonce = os.urandom(12)
        cache.set(self._key, nonce + self._cipher.encrypt(nonce, bytes(data), self._owner), LIFETIME)

    def read(self) -> bytes:
        sealed = cache.get(self._key)
        try:
            return self._cipher.decrypt(sealed[:12], sealed[12:], self._owner)
        except (TypeError, InvalidTag):
            raise SheetRefused(
                "Berkas ini sudah diproses atau sudah 30 menit menunggu. Unggah lagi."
            ) from None

    def remove(self) -> None:
        cache.delete(self._key)

    @property
    def _key(self) -> str:
        return f"impor-{self.name}"

    @property
    def _owner(self) -> bytes:
        return f"{importer.get()}|{self.name}".encode()

    @property
    def _cipher(self) -> Any:
        return AESGCM(keyring.derive("portal/import"))
