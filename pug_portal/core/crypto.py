"""Field encryption: sealed fields, one data key per file, blind indexes.

A sealed value is `0x01 | alg(1) | key id(2) | nonce(12) | ciphertext | tag(16)` under AES-256-GCM.
Its associated data names format, model, field, row and scope, so a value moved anywhere else does
not open. Reading is lazy: the attribute decrypts when it is read, never when the row is loaded.
Design and traps: docs/decisions/0005-field-encryption.md.
"""

import json
import os
import uuid
from collections import OrderedDict
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from pug_portal.core import keyring

FORMAT, AES_GCM, HEADER = 1, 1, 16
derive = keyring.derive


class CannotDecrypt(Exception):
    """A sealed value does not open: wrong key, moved to another place, or damaged."""


class SealedMisuse(FieldError, TypeError):
    """A sealed field was used where only ciphertext exists (filter, order, update, values)."""


# Data keys -----------------------------------------------------------------------------------


class _KeyCache:
    """The unwrapped data keys lately used by this process; at most 2,048 of 32 bytes."""

    def __init__(self, size: int = 2048):
        self.size, self.rows = size, OrderedDict()

    def get(self, scope):
        key = self.rows.get(scope)
        if key is not None:
            self.rows.move_to_end(scope)
        return key

    def put(self, scope, key):
        self.rows[scope] = key
        if len(self.rows) > self.size:
            self.rows.popitem(last=False)


_cache = _KeyCache()


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
        self.wrapped = nonce + AESGCM(keyring.derive("seruni/kek")).encrypt(
            nonce, key, self._context()
        )

    def unwrap(self) -> bytes:
        """Return the 32-byte data key; raise CannotDecrypt when the ring does not fit."""
        wrapped = bytes(self.wrapped)
        try:
            kek = keyring.derive("seruni/kek", self.ring_id)
            return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], self._context())
        except (InvalidTag, KeyError) as problem:
            raise CannotDecrypt("kunci berkas tidak dapat dibuka") from problem

    def _context(self) -> bytes:
        return f"dek|{self.scope}|{self.ring_id}".encode()


def scope_key(scope: uuid.UUID, batch=()) -> bytes:
    """Return the data key of an existing file; warms the keys of `batch` in the same query."""
    found = _cache.get(scope)
    if found is None:
        missing = {scope, *(s for s in batch if s not in _cache.rows)}
        for row in DataKey.objects.filter(scope__in=missing):
            _cache.put(row.scope, row.unwrap())
        found = _cache.get(scope)
    if found is None:
        raise CannotDecrypt("kunci berkas sudah dihancurkan atau tidak ada")
    return found


def forget_keys() -> None:
    """Drop unwrapped keys from memory (after shredding or rotation, and in tests)."""
    _cache.rows.clear()


def _writing_key(instance) -> bytes:
    """Return the data key for writing `instance`, making the file's key at its first write.

    Kept on the instance and never in the process cache: a key whose transaction rolls back
    must not be remembered.
    """
    scope = instance.cipher_scope_value()
    if getattr(instance, "_writing_key", (None,))[0] != scope:
        row = DataKey.objects.filter(pk=scope).first() or _first_key(scope)
        instance._writing_key = (scope, row.unwrap())
    return instance._writing_key[1]


def _first_key(scope: uuid.UUID) -> DataKey:
    fresh = DataKey.make(scope)
    row, _ = DataKey.objects.get_or_create(
        scope=scope, defaults={"wrapped": fresh.wrapped, "ring_id": fresh.ring_id}
    )
    return row


# Sealing -------------------------------------------------------------------------------------


def _pad(data: bytes, block: int) -> bytes:
    data = len(data).to_bytes(4, "big") + data
    return data + bytes(-len(data) % block)


def _unpad(data: bytes) -> bytes:
    return data[4 : 4 + int.from_bytes(data[:4], "big")]


def seal(key: bytes, text: str, context: bytes, *, pad: int, ring_id: int = 0) -> bytes:
    """Return the sealed form of `text`, padded so that its length tells little."""
    nonce = os.urandom(12)
    head = bytes([FORMAT, AES_GCM]) + ring_id.to_bytes(2, "big") + nonce
    return head + AESGCM(key).encrypt(nonce, _pad(text.encode(), pad), context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> str:
    """Return the text of a sealed value; raise CannotDecrypt for anything that does not fit."""
    if len(sealed) < HEADER + 16 or sealed[0] != FORMAT or sealed[1] != AES_GCM:
        raise CannotDecrypt("bentuk nilai tersegel tidak dikenali")
    try:
        return _unpad(AESGCM(key).decrypt(sealed[4:HEADER], sealed[HEADER:], context)).decode()
    except InvalidTag as problem:
        raise CannotDecrypt("nilai tersegel tidak cocok dengan tempatnya") from problem


class Sealed:
    """Ciphertext as loaded from a row, with the place it was loaded from."""

    __slots__ = ("blob", "place")

    def __init__(self, blob: bytes, place=None):
        self.blob, self.place = bytes(blob), place

    def __repr__(self):
        return "<tersegel>"

    def __str__(self):
        raise SealedMisuse("nilai tersegel hanya dapat dibaca lewat barisnya, bukan lewat values()")

    __bool__ = __iter__ = __len__ = __str__


class SealedAttribute(DeferredAttribute):
    """Decrypts on reading; loads a deferred column first instead of answering None."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(instance, value)
        return value

    def __set__(self, instance, value):
        # Having a setter makes Python ask __get__ even when the row carries the value.
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text kept sealed at rest. `pad`: 32 for short values, 256 for narratives (bytes)."""

    descriptor_class = SealedAttribute

    def __init__(self, *args, pad: int = 32, **kwargs):
        self.pad = pad
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.pad != 32:
            kwargs["pad"] = self.pad
        return name, path, args, kwargs

    # What the value is in Python; subclasses change these two.
    def to_text(self, value) -> str:
        return str(value)

    def from_text(self, text: str):
        return text

    def open(self, instance, sealed: Sealed):
        """Return the value of `sealed`, judged by the place it was loaded from."""
        place = sealed.place or instance.cipher_place()
        key = scope_key(place[2], getattr(instance, "_cipher_batch", ()))
        return self.from_text(unseal(key, sealed.blob, self._context(place)))

    def _context(self, place) -> bytes:
        label, row, scope = place
        return f"seruni1|{label}|{self.attname}|{row}|{scope}".encode()

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        place = instance.cipher_place()
        if isinstance(value, Sealed):
            if value.place == place:
                return value
            value = self.open(instance, value)  # the row was copied: seal anew for its place
        if value is None:
            return None
        text = self.to_text(value)
        return Sealed(seal(_writing_key(instance), text, self._context(place), pad=self.pad), place)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or hasattr(value, "as_sql"):
            return value
        if not isinstance(value, Sealed):
            raise SealedMisuse(f"{self.name} hanya dapat ditulis lewat save() pada barisnya")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "as_sql"):
            return value
        return self.get_db_prep_value(value, connection)

    def get_prep_value(self, value):
        return value

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def to_python(self, value):
        return value

    def get_lookup(self, name):
        if name == "isnull":
            return super().get_lookup(name)
        raise SealedMisuse(f"{self.name} tersegel: tidak dapat dicari dengan '{name}'")

    def get_transform(self, name):
        raise SealedMisuse(f"{self.name} tersegel: tidak dapat diolah dengan '{name}'")

    def get_col(self, alias, output_field=None):
        return SealedCol(alias, self, output_field or self)

    def value_to_string(self, obj):
        raise SealedMisuse("Data rahasia tidak disalin dengan dumpdata: pakai perintah cadangan.")

    def validate(self, value, instance):
        models.Field.validate(self, value, instance)

    def formfield(self, **kwargs):
        return models.Field.formfield(
            self,
            **{"form_class": forms.CharField, "strip": True, "required": not self.blank, **kwargs},
        )


class SealedCol(models.expressions.Col):
    """A sealed column may be fetched, not sorted, counted or computed with."""

    def resolve_expression(self, *args, **kwargs):
        raise SealedMisuse(f"{self.target.name} tersegel: tidak dapat diurutkan atau dihitung")


class SealedDateField(SealedTextField):
    """A date kept sealed."""

    def to_text(self, value) -> str:
        return value.isoformat()

    def from_text(self, text: str) -> date:
        return date.fromisoformat(text)

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": forms.DateField, **kwargs})


class SealedJSONField(SealedTextField):
    """A JSON value kept sealed (drafts, outbox payloads)."""

    def to_text(self, value) -> str:
        return json.dumps(value, separators=(",", ":"))

    def from_text(self, text: str):
        return json.loads(text)


def blind(purpose: str, text: str) -> str:
    """Return 32 hex digits that equal texts share; tells nothing without the ring."""
    return keyring.mac(f"seruni/blind/{purpose}", text.encode())[:16].hex()


class BlindIndexField(models.CharField):
    """Keeps `blind(purpose, normalise(<of>))` beside a sealed field, for exact search only.

    `normalise` turns the value into its comparable text, or "" when there is nothing to compare.
    """

    def __init__(self, *args, of: str = "", purpose: str = "", normalise=str, **kwargs):
        self.of, self.purpose, self.normalise = of, purpose or of, normalise
        kwargs.update(max_length=32, editable=False, blank=True, default="")
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def index_of(self, value) -> str:
        """Return the stored form for `value`, for use in a filter."""
        text = self.normalise(value) if value else ""
        return blind(self.purpose, text) if text else ""

    def pre_save(self, instance, add):
        value = self.index_of(getattr(instance, self.of))
        setattr(instance, self.attname, value)
        return value


# Confidential rows -----------------------------------------------------------------------------


class ConfidentialQuerySet(models.QuerySet):
    """Refuses what would show or sort ciphertext; loads the keys of a page in one query."""

    def _sealed_names(self):
        fields = self.model._meta.concrete_fields
        return {f.name for f in fields if isinstance(f, SealedTextField)}

    def values(self, *fields, **expressions):
        return super().values(*self._without_sealed(fields), **expressions)

    def values_list(self, *fields, **kwargs):
        return super().values_list(*self._without_sealed(fields), **kwargs)

    def _without_sealed(self, fields):
        sealed = self._sealed_names()
        if wrong := sealed.intersection(f for f in fields if isinstance(f, str)):
            raise SealedMisuse(f"{', '.join(sorted(wrong))} tersegel: baca lewat barisnya")
        if fields or not sealed:
            return fields
        return [f.name for f in self.model._meta.concrete_fields if f.name not in sealed]

    def _fetch_all(self):
        super()._fetch_all()
        rows = [r for r in self._result_cache if isinstance(r, ConfidentialModel)]
        if len(rows) > 1:
            batch = {row.cipher_scope_value() for row in rows}
            for row in rows:
                row._cipher_batch = batch


class ConfidentialModel(models.Model):
    """A row with sealed fields. `cipher_scope` names the attribute that holds its file's UUID.

    The inner class `Classified` puts every field into one of s0 (open), s1 (case), s2 (sensitive)
    and s3 (identity); a test refuses a field that stands in none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cipher_scope = "id"
    # For rows that belong to no file: drafts, letters waiting to be sent.
    office_scope = uuid.UUID(int=1)

    objects = ConfidentialQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        for value in row.__dict__.values():
            if isinstance(value, Sealed):
                value.place = row.cipher_place()
        return row

    def cipher_scope_value(self) -> uuid.UUID:
        """Return the UUID of the file whose data key seals this row."""
        return getattr(self, self.cipher_scope)

    def cipher_place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """Return (model label, row, scope): what the seal is bound to."""
        return self._meta.label_lower, self.pk, self.cipher_scope_value()
