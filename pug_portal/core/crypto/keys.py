"""Data keys: one per file (case, complaint, person), wrapped by the key ring."""

import os
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from pug_portal.core import keyring
from pug_portal.core.crypto.sealing import CannotDecrypt

SECONDS_REMEMBERED = 60  # a shredded key is forgotten by every process within this time


class DataKey(models.Model):
    """The key of one file (case, complaint, person), wrapped by the ring.

    Destroying the row shreds the file: nothing that was sealed under it opens again.
    """

    scope = models.UUIDField("berkas", primary_key=True, editable=False)
    wrapped = models.BinaryField("kunci terbungkus")
    ring_id = models.PositiveSmallIntegerField("nomor kunci utama", db_index=True)

    class Meta:
        app_label = "core"
        verbose_name = "kunci berkas"
        verbose_name_plural = "kunci berkas"
        default_permissions = ()

    def __str__(self):
        return f"kunci {self.scope}"

    @classmethod
    def make(cls, scope: uuid.UUID) -> "DataKey":
        """Return an unsaved row with a fresh random key for `scope`."""
        row = cls(scope=scope)
        row.wrap(os.urandom(32))
        return row

    def wrap(self, key: bytes) -> None:
        """Seal `key` under the current root key of the ring."""
        nonce, self.ring_id = os.urandom(12), keyring.load().current
        kek = keyring.derive("seruni/kek", self.ring_id)
        self.wrapped = nonce + AESGCM(kek).encrypt(nonce, key, self._context())

    def unwrap(self) -> bytes:
        """Return the 32-byte data key; raise CannotDecrypt when the ring does not fit."""
        wrapped = bytes(self.wrapped)
        try:
            kek = keyring.derive("seruni/kek", self.ring_id)
            return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], self._context())
        except (InvalidTag, KeyError, ValueError) as problem:
            raise CannotDecrypt("kunci berkas tidak dapat dibuka") from problem

    def _context(self) -> bytes:
        return f"dek|{self.scope}|{self.ring_id}".encode()


class KeyCache:
    """The unwrapped data keys lately read by this process: at most `size`, each for a minute."""

    def __init__(self, size: int = 2048):
        self.size, self.lock = size, threading.Lock()
        self.rows: OrderedDict[uuid.UUID, tuple[bytes, float]] = OrderedDict()

    def get(self, scope: uuid.UUID) -> bytes | None:
        with self.lock:
            key, until = self.rows.get(scope, (None, 0.0))
            return key if until > time.monotonic() else None

    def put(self, scope: uuid.UUID, key: bytes) -> None:
        with self.lock:
            self.rows.pop(scope, None)
            self.rows[scope] = (key, time.monotonic() + SECONDS_REMEMBERED)
            if len(self.rows) > self.size:
                self.rows.popitem(last=False)

    def drop(self, scope: uuid.UUID) -> None:
        with self.lock:
            self.rows.pop(scope, None)

    def clear(self) -> None:
        with self.lock:
            self.rows.clear()


cache = KeyCache()


def scope_key(scope: uuid.UUID, batch: Iterable[uuid.UUID] = ()) -> bytes:
    """Return the data key of an existing file; warms the keys of `batch` in the same query."""
    found = cache.get(scope)
    if found is not None:
        return found
    wanted = {scope, *(other for other in batch if cache.get(other) is None)}
    for row in DataKey.objects.filter(scope__in=wanted):
        if row.scope == scope:
            found = row.unwrap()
            cache.put(scope, found)
        else:
            _warm(row)
    if found is None:
        raise CannotDecrypt("kunci berkas sudah dihancurkan atau tidak ada")
    return found


def _warm(row: DataKey) -> None:
    try:
        cache.put(row.scope, row.unwrap())
    except CannotDecrypt:
        return  # a neighbour's damage is told when the neighbour is read


def writing_key(scope: uuid.UUID) -> bytes:
    """Return the data key for writing, read from the database, made at the file's first write.

    Never taken from or put into the cache: a key whose transaction rolls back must not be used.
    """
    if scope is None:
        raise ValueError("a confidential row needs its file before it is saved")
    row = DataKey.objects.filter(pk=scope).first() or _first_key(scope)
    return row.unwrap()


def writing_keys(scopes: set[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """Return the writing keys of many files with two queries."""
    known = {row.scope for row in DataKey.objects.filter(scope__in=scopes).only("scope")}
    fresh = [DataKey.make(scope) for scope in scopes - known]
    DataKey.objects.bulk_create(fresh, ignore_conflicts=True)
    return {row.scope: row.unwrap() for row in DataKey.objects.filter(scope__in=scopes)}


def _first_key(scope: uuid.UUID) -> DataKey:
    fresh = DataKey.make(scope)
    row, _ = DataKey.objects.get_or_create(
        scope=scope, defaults={"wrapped": fresh.wrapped, "ring_id": fresh.ring_id}
    )
    return row


def forget_keys() -> None:
    """Drop unwrapped keys from memory (after shredding or rotation, and in tests)."""
    cache.clear()


def shred(scope: uuid.UUID) -> bool:
    """Destroy the data key of a file: what was sealed under it never opens again.

    Other processes forget their copy within a minute; backups still hold the key until they expire.
    """
    destroyed, _ = DataKey.objects.filter(scope=scope).delete()
    cache.drop(scope)
    return bool(destroyed)
