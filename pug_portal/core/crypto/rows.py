"""Confidential rows: models that carry sealed columns, and the questions that may be asked of them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, OuterRef, Q

from pug_portal.core.crypto import keys
from pug_portal.core.crypto.fields import BlindIndexField, SealedTextField
from pug_portal.core.crypto.sealing import Sealed, SealedMisuse

PAGE = 500  # rows whose keys are loaded together; well below the size of the key cache


def sealed_names(model) -> set[str]:
    """Return the names of the sealed columns of `model`."""
    return {f.name for f in model._meta.concrete_fields if isinstance(f, SealedTextField)}


def _is_sealed(model, path: str) -> bool:
    """Answer whether a lookup path ("name", "person__name") ends in, or passes, a sealed column."""
    for part in path.lstrip("-").split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if isinstance(field, SealedTextField):
            return True
        if not field.is_relation or field.related_model is None:
            return False
        model = field.related_model
    return False


def _paths(thing) -> Iterator[str]:
    """Yield the column paths that strings, Q objects and expressions speak of."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, F) and not isinstance(thing, OuterRef):
        yield thing.name
    elif isinstance(thing, Q):
        for one in _expressions(*(c[1] if isinstance(c, tuple) else c for c in thing.children)):
            yield from _paths(one)
    elif hasattr(thing, "get_source_expressions"):
        for source in thing.get_source_expressions():
            yield from _paths(source)


def _expressions(*things) -> tuple:
    # Plain values of a filter are data, not columns.
    return tuple(one for one in things if not isinstance(one, str))


class ConfidentialQuerySet(models.QuerySet):
    """Refuses what would show, sort or overwrite ciphertext; loads the keys of a page in one query."""

    def _refuse(self, *things):
        wrong = {p for one in things for p in _paths(one) if _is_sealed(self.model, p)}
        if wrong:
            raise SealedMisuse(f"{', '.join(sorted(wrong))} tersegel: baca dan tulis lewat barisnya")

    def matching(self, index: str, value):
        """Return the rows whose blind index `index` equals that of `value`; none when it is empty."""
        found = self.model._meta.get_field(index).index_of(value)
        return self.filter(**{index: found}) if found else self.none()

    def values(self, *fields, **expressions):
        self._refuse(*(fields or self._all_names()), *expressions.values())
        return super().values(*fields, **expressions)

    def values_list(self, *fields, **kwargs):
        self._refuse(*(fields or self._all_names()))
        return super().values_list(*fields, **kwargs)

    def _all_names(self):
        return [f.name for f in self.model._meta.concrete_fields]

    def order_by(self, *names):
        self._refuse(*names)
        return super().order_by(*names)

    def distinct(self, *names):
        self._refuse(*names)
        return super().distinct(*names)

    def _annotate(self, args, kwargs, select=True):
        self._refuse(*args, *kwargs.values())
        return super()._annotate(args, kwargs, select=select)

    def aggregate(self, *args, **kwargs):
        self._refuse(*args, *kwargs.values())
        return super().aggregate(*args, **kwargs)

    def _filter_or_exclude(self, negate, args, kwargs):
        self._refuse(*_expressions(*args, *kwargs.values()))
        return super()._filter_or_exclude(negate, args, kwargs)

    def update(self, **kwargs):
        self._refuse(*kwargs, *_expressions(*kwargs.values()))
        self._refuse_stale_index(kwargs)
        return super().update(**kwargs)

    update.alters_data = True

    def _refuse_stale_index(self, names):
        blind = {f.name for f in self.model._meta.concrete_fields if isinstance(f, BlindIndexField)}
        if wrong := blind.intersection(names):
            raise SealedMisuse(f"{', '.join(sorted(wrong))} dihitung dari nilainya, tidak ditulis")

    def bulk_update(self, objs, fields, batch_size=None):
        self._refuse(*fields)
        self._refuse_stale_index(fields)
        return super().bulk_update(objs, fields, batch_size)

    bulk_update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for rows in _pages(iter(objs)):
            found = keys.writing_keys({row.cipher_scope_value() for row in rows})
            for row in rows:
                row._writing_keys = found
        try:
            return super().bulk_create(objs, *args, **kwargs)
        finally:
            for row in objs:
                row._writing_keys = None

    bulk_create.alters_data = True

    def only(self, *fields):
        """Load these columns; the file's number comes along when one of them is sealed."""
        model, names = self.model, {*fields}
        if any(_is_sealed(model, name) for name in names) and model.scope_column():
            fields = (*fields, model.scope_column())
        return super().only(*fields)

    def defer(self, *fields):
        """Leave these columns for later, except the file's number, which opens the others."""
        return super().defer(*(name for name in fields if name != self.model.scope_column()))

    def iterator(self, chunk_size=None):
        for rows in _pages(super().iterator(chunk_size)):
            _share_keys(rows)
            yield from rows

    def _fetch_all(self):
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            for rows in _pages(iter(self._result_cache or ())):
                _share_keys(rows)


def _pages(rows: Iterator) -> Iterator[list]:
    while page := list(islice(rows, PAGE)):
        yield page


def _share_keys(rows: list) -> None:
    """Tell each row, and what was joined to it, whose keys the first reading should load."""
    family: dict[int, ConfidentialModel] = {}
    for row in rows:
        _gather(row, family)
    batch = {value.place[2] for one in family.values() for value in _sealed_values(one)}
    for one in family.values():
        one._cipher_batch = batch


def _gather(row, family: dict[int, "ConfidentialModel"]) -> None:
    """Add `row` and the rows joined to it, each once: relations may lead back."""
    if not isinstance(row, ConfidentialModel) or id(row) in family:
        return
    family[id(row)] = row
    for other in row._state.fields_cache.values():
        _gather(other, family)


def _sealed_values(row: models.Model) -> list[Sealed]:
    return [v for v in row.__dict__.values() if isinstance(v, Sealed) and v.place]


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
        base_manager_name = "objects"

    _writing_keys: dict[uuid.UUID, bytes] | None = None  # only while a save runs
    _cipher_batch: set[uuid.UUID] | tuple = ()  # the files of the rows loaded together

    def save(self, *args, update_fields=None, **kwargs):
        with self._one_save():
            super().save(*args, update_fields=self._with_indexes(update_fields), **kwargs)

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        sealed = [value for value in row.__dict__.values() if isinstance(value, Sealed)]
        place = row.cipher_place() if sealed else None
        for value in sealed:
            value.place = place
        return row

    @classmethod
    def scope_column(cls) -> str:
        """Return the name of the column that holds the file's number, "" when it is no column."""
        names = (f.name for f in cls._meta.concrete_fields if f.attname == cls.cipher_scope)
        return next(names, "")

    def cipher_scope_value(self) -> uuid.UUID:
        """Return the UUID of the file whose data key seals this row."""
        return getattr(self, self.cipher_scope)

    def cipher_place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """Return (model label, row, scope): what the seal is bound to."""
        label = self._meta.concrete_model._meta.label_lower
        return label, self.pk, self.cipher_scope_value()

    def writing_key(self, scope: uuid.UUID) -> bytes:
        """Return the data key for sealing this row; asked once per save, never kept beyond it.

        A key kept longer could stem from a transaction that was rolled back, and what is sealed
        under it would be lost.
        """
        if self._writing_keys is None:
            return keys.writing_key(scope)
        if scope not in self._writing_keys:
            self._writing_keys[scope] = keys.writing_key(scope)
        return self._writing_keys[scope]

    @contextmanager
    def _one_save(self):
        self._writing_keys = {}
        try:
            yield
        finally:
            self._writing_keys = None

    def _with_indexes(self, names):
        """Add the blind indexes of the columns that are saved, so that they never fall behind."""
        blind = [f for f in self._meta.concrete_fields if isinstance(f, BlindIndexField)]
        if names is not None:
            return {*names, *(f.name for f in blind if f.of in names)}
        for field in blind:
            getattr(self, field.attname)  # a column left for later would be left out of the save
        return None
