"""The key ring: root keys in a file outside data and backup, and every key derived from them.

Shape of the file (mode 0400): {"keys": [{"id": 1, "key": "<base64, 32 bytes>",
"status": "current" | "decrypt-only"}]}. One key is current: it writes; all of them read.
Design: shared decision 0005; security figures: docs/security.md.
"""

import base64
import hashlib
import hmac
import json
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class KeyringProblem(ImproperlyConfigured):
    """The key ring is missing, open to others, inside the data folder, or malformed."""


@dataclass(frozen=True)
class Keyring:
    """Root keys by number; `current` is the number that writes."""

    keys: dict[int, bytes]
    current: int

    def derive(self, purpose: str, key_id: int | None = None) -> bytes:
        """Return 32 bytes for one purpose (HKDF-SHA256 of the root key `key_id`)."""
        root = self.keys[self.current if key_id is None else key_id]
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(root)


def _refuse_open_file(path: Path) -> None:
    if not path.is_file():
        raise KeyringProblem(
            f"Berkas kunci {path.name} tidak ditemukan. Tanpa berkas ini data rahasia tidak dapat "
            "dibuka: kembalikan dari lembar cadangan, jangan membuat yang baru."
        )
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyringProblem(
            f"Berkas kunci {path.name} terbaca oleh pengguna lain. Jalankan: chmod 400 {path.name}"
        )
    resolved = path.resolve()
    for folder in (settings.DATA_DIR, settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        if resolved.is_relative_to(Path(folder).resolve()):
            raise KeyringProblem(
                "Berkas kunci berada di dalam folder data atau folder statis. Pindahkan ke luar, "
                "agar kunci tidak ikut tersalin bersama cadangan."
            )


def parse(text: str) -> Keyring:
    """Read a key ring from its JSON text; raise KeyringProblem when it is not one."""
    try:
        rows = json.loads(text)["keys"]
        keys = {int(row["id"]): base64.b64decode(row["key"], validate=True) for row in rows}
        current = [int(row["id"]) for row in rows if row["status"] == "current"]
    except (ValueError, KeyError, TypeError) as problem:
        raise KeyringProblem("Berkas kunci rusak: bentuknya tidak dikenali.") from problem
    if len(current) != 1 or any(len(key) != 32 for key in keys.values()) or len(keys) != len(rows):
        raise KeyringProblem("Berkas kunci rusak: perlu tepat satu kunci utama sepanjang 32 bita.")
    return Keyring(keys, current[0])


@lru_cache(maxsize=1)
def load() -> Keyring:
    """Return the key ring of this process, read once."""
    path = Path(settings.KEYRING_FILE)
    _refuse_open_file(path)
    return parse(path.read_text())


@lru_cache(maxsize=256)
def _derived(purpose: str, key_id: int) -> bytes:
    return load().derive(purpose, key_id)


def derive(purpose: str, key_id: int | None = None) -> bytes:
    """Return the 32-byte key for `purpose`; of the current root key unless `key_id` is given."""
    return _derived(purpose, load().current if key_id is None else key_id)


def stable(purpose: str) -> bytes:
    """Return a key that must not change at rotation (blind indexes, audit chain): oldest root."""
    return _derived(purpose, min(load().keys))


def forget() -> None:
    """Drop what is remembered of the ring (after a rotation, and in tests)."""
    load.cache_clear()
    _derived.cache_clear()


def mac(purpose: str, message: bytes) -> bytes:
    """Return HMAC-SHA-256 (32 bytes) of `message` under the stable key of `purpose`."""
    return hmac.new(stable(purpose), message, hashlib.sha256).digest()
