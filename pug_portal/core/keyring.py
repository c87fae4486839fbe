"""The key ring: root keys in a file outside data and backup, and every key derived from them.

Shape of the file (mode 0400): {"keys": [{"id": 1, "key": "<base64, 32 bytes>",
"status": "current" | "decrypt-only"}]}. One key is current: it writes; all of them read.
Design: docs/decisions/0005-field-encryption.md.
"""

import base64
import hashlib
import hmac
import json
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

STATUSES = ("current", "decrypt-only")
LAST_ID = 32767  # what a small integer column holds on both engines


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
        known = all(row["status"] in STATUSES for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise KeyringProblem("Berkas kunci rusak: bentuknya tidak dikenali.") from problem
    sound = known and len(keys) == len(rows) and all(0 < number <= LAST_ID for number in keys)
    if not sound or len(current) != 1 or any(len(key) != 32 for key in keys.values()):
        raise KeyringProblem("Berkas kunci rusak: perlu tepat satu kunci utama sepanjang 32 bita.")
    return Keyring(keys, current[0])


def text_of(ring: Keyring) -> str:
    """Return the JSON text of `ring`, the opposite of `parse`."""
    rows = [
        {"id": number, "key": base64.b64encode(key).decode(), "status": _status(ring, number)}
        for number, key in sorted(ring.keys.items())
    ]
    return json.dumps({"keys": rows}, indent=2) + "\n"


def _status(ring: Keyring, number: int) -> str:
    return STATUSES[0] if number == ring.current else STATUSES[1]


def store(ring: Keyring) -> None:
    """Replace the key file as a whole: written beside it, flushed to the disk, then renamed."""
    path = Path(settings.KEYRING_FILE)
    beside = path.with_name(f".{path.name}.baru")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "w") as target:
            target.write(text_of(ring))
            target.flush()
            os.fsync(target.fileno())
        os.replace(beside, path)
    except OSError as problem:
        raise KeyringProblem(
            f"Berkas kunci {path.name} tidak dapat ditulis. Jalankan perintah ini sebagai pemilik berkas."
        ) from problem
    forget()


def with_new_key(ring: Keyring) -> Keyring:
    """Return `ring` with one more random key, which becomes the one that writes."""
    number = max(ring.keys) + 1
    return Keyring({**ring.keys, number: os.urandom(32)}, number)


def without_key(ring: Keyring, number: int) -> Keyring:
    """Return `ring` without the key `number`, which must not be the one that writes."""
    if number == ring.current:
        raise KeyringProblem("Kunci utama yang sedang menulis tidak dapat dilepas.")
    return Keyring({n: key for n, key in ring.keys.items() if n != number}, ring.current)


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
    """Return the 32-byte key for `purpose`; of the current root key unless `key_id` is given.

    A number this process does not know may be younger than the process: the file is read again.
    Raises KeyError when the number is not in the file either.
    """
    if key_id is not None and key_id not in load().keys:
        forget()
    return _derived(purpose, load().current if key_id is None else key_id)


def stable(purpose: str) -> bytes:
    """Return a key that must not change at rotation (blind indexes, audit chain): oldest root.

    Therefore the oldest root key is never retired (`rotate_keys --status` says so).
    """
    return _derived(purpose, min(load().keys))


def forget() -> None:
    """Drop what is remembered of the ring (after a rotation, and in tests)."""
    load.cache_clear()
    _derived.cache_clear()


def mac(purpose: str, message: bytes) -> bytes:
    """Return HMAC-SHA-256 (32 bytes) of `message` under the stable key of `purpose`."""
    return hmac.new(stable(purpose), message, hashlib.sha256).digest()
