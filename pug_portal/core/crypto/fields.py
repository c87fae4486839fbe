"""Columns that are kept sealed, and blind indexes beside them."""

import json
import logging
from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from pug_portal.core import keyring
from pug_portal.core.crypto import keys
from pug_portal.core.crypto.sealing import CannotDecrypt, Sealed, SealedMisuse, seal, unseal

log = logging.getLogger("portal.crypto")


def _public_path(path: str) -> str:
    """Return the name migrations use: the package, not the module inside it."""
    return path.replace(f"{__name__}.", f"{__package__}.")


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


class _NeverSerialized:
    """Stands as `field.serialize`: Django's serializers ask its truth before they read a value."""

    def __bool__(self):
        raise SealedMisuse("Data rahasia tidak disalin dengan dumpdata: pakai perintah cadangan.")


class SealedTextField(models.BinaryField):
    """Text kept sealed at rest. `pad`: 32 for short values, 256 for narratives (bytes)."""

    descriptor_class = SealedAttribute
    # For the type checker: bytes in the table, whatever the subclass says in Python.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    empty_values = list(validators.EMPTY_VALUES)

    def __init__(self, *args, pad: int = 32, **kwargs):
        self.pad = pad
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)
        self.serialize = _NeverSerialized()

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        if self.pad != 32:
            kwargs["pad"] = self.pad
        return name, _public_path(path), args, kwargs

    def _check_str_default_value(self):
        return []  # a text default is right here: the column's bytes are ours, not the caller's

    def get_default(self):
        return models.Field.get_default(self)

    # What the value is in Python; subclasses change these two.
    def to_text(self, value) -> str:
        if isinstance(value, bytes | memoryview):
            raise SealedMisuse(f"{self.name} menerima teks, bukan bita")
        return str(value)

    def from_text(self, text: str):
        return text

    def open(self, instance, sealed: Sealed):
        """Return the value of `sealed`, judged by the place it was loaded from."""
        place = sealed.place or instance.cipher_place()
        try:
            return self.from_text(self._unsealed(instance, sealed.blob, place))
        except CannotDecrypt:
            log.error("sealed value does not open: %s.%s of row %s", place[0], self.attname, place[1])
            raise

    def _unsealed(self, instance, blob: bytes, place) -> str:
        scope, context = place[2], self._context(place)
        try:
            key = keys.scope_key(scope, getattr(instance, "_cipher_batch", ()))
            return unseal(key, blob, context, ring_id=0)
        except CannotDecrypt:
            # The remembered key may stem from a transaction that was rolled back: read it again.
            keys.cache.drop(scope)
            return unseal(keys.scope_key(scope), blob, context, ring_id=0)

    def _context(self, place) -> bytes:
        label, row, scope = place
        return f"seruni1|{label}|{self.attname}|{row}|{scope}".encode()

    def pre_save(self, instance, add):
        if self.attname not in instance.__dict__:
            getattr(instance, self.attname)  # deferred: load it, never write an absent value
        value = instance.__dict__[self.attname]
        place = instance.cipher_place()
        if isinstance(value, Sealed):
            if value.place == place:
                return value
            value = self.open(instance, value)  # the row was copied: seal anew for its place
        if value is None:
            return None
        return self._sealed(instance, value, place)

    def _sealed(self, instance, value, place) -> Sealed:
        if hasattr(value, "resolve_expression"):
            raise SealedMisuse(f"{self.name} tersegel: tidak menerima ungkapan basis data")
        key = instance.writing_key(place[2])
        return Sealed(seal(key, self.to_text(value), self._context(place), pad=self.pad), place)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or hasattr(value, "as_sql"):
            return value
        if not isinstance(value, Sealed):
            raise SealedMisuse(f"{self.name} hanya dapat ditulis lewat save() pada barisnya")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def get_db_prep_save(self, value, connection):
        return self.get_db_prep_value(value, connection)

    def get_prep_value(self, value):
        return value

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def to_python(self, value):
        return value

    def get_lookup(self, name):
        if name == "isnull":
            return SealedIsNull
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


class SealedCol(Col):
    """A sealed column may be fetched, not sorted, counted or computed with."""

    def resolve_expression(self, *args, **kwargs):
        raise SealedMisuse(f"{self.target.name} tersegel: tidak dapat diurutkan atau dihitung")


class SealedIsNull(IsNull):
    """The one question a sealed column answers: is a value there?"""

    def process_lhs(self, compiler, connection, lhs=None):
        return compiler.compile(lhs or self.lhs)


class SealedDateField(SealedTextField):
    """A date kept sealed."""

    empty_strings_allowed = False

    def to_text(self, value) -> str:
        return self.to_python(value).isoformat()  # a point in time is stored as its day

    def from_text(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_python(self, value):
        return models.DateField().to_python(value)

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": forms.DateField, **kwargs})


class SealedJSONField(SealedTextField):
    """A JSON value kept sealed (drafts, outbox payloads)."""

    empty_strings_allowed = False

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
    Columns with the same `purpose` can be compared with each other. Never for a column with few
    values: equal values are visible.
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
        return name, _public_path(path), args, kwargs

    def index_of(self, value) -> str:
        """Return the stored form for `value`, "" when there is nothing to compare.

        Ask through `ConfidentialQuerySet.matching`: a filter for "" would find every empty row.
        """
        text = self.normalise(value) if value else ""
        return blind(self.purpose, text) if text else ""

    def pre_save(self, instance, add):
        value = self.index_of(getattr(instance, self.of))
        setattr(instance, self.attname, value)
        return value
