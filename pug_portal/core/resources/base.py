"""The base of every import and export: columns by their Indonesian names, errors by cell, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, Final, cast

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ImproperlyConfigured, ValidationError
from django.db import IntegrityError, models
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import ModelInstanceLoader
from import_export.results import InvalidRow, Result, RowResult
from openpyxl.utils import get_column_letter

from pug_portal.core import audit, clock
from pug_portal.core.downloads import safe_filename
from pug_portal.core.imports import ImportRun, snapshot
from pug_portal.core.versions import Versioned, claim

from . import widgets
from .formats import Formula

_FAILED: Final = "Baris ini tidak dapat disimpan. Periksa isinya, atau hubungi pengelola."


class _Loader(ModelInstanceLoader):
    """All rows that the sheet may mean, in one query, by one or several columns.

    A cell that cannot be read is an error of its row later, never of the whole file.
    """

    def __init__(self, resource: PortalResource, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        self.fields = [resource.fields[name] for name in resource.get_import_id_fields()]
        self.known: dict[tuple, list[models.Model]] = {}
        keys = [key for row in self.dataset.dict if (key := resource.key_of(row))]
        if keys:
            first = self.fields[0].attribute
            for row in self.get_queryset().filter(**{f"{first}__in": {key[0] for key in keys}}):
                key = tuple(field.get_value(row) for field in self.fields)
                self.known.setdefault(key, []).append(row)

    def get_instance(self, row: dict[str, Any]) -> models.Model | None:
        found = self.known.get(self.resource.key_of(row) or (), [])
        if len(found) > 1:
            raise ValidationError("Ada beberapa data yang cocok dengan baris ini. Rapikan dulu datanya.")
        return found[0] if found else None


class _InvalidRow(InvalidRow):
    """Errors keyed by cell ("Sel C14"), as people look for them."""

    error_dict: dict[str, list[str]]

    def __init__(
        self, number: int, validation_error: ValidationError, values: Any, cell: Callable[[str], str]
    ):
        super().__init__(number, validation_error, values)
        named: dict[str, list[str]] = {}
        for name, lines in self.error_dict.items():
            named.setdefault(name if name == NON_FIELD_ERRORS else cell(name), []).extend(lines)
        self.error_dict = named


class _Result(Result):
    def __init__(self, resource: PortalResource) -> None:
        super().__init__()
        self.resource = resource
        self.run: ImportRun | None = None

    def append_invalid_row(self, number: int, row: dict[str, Any], validation_error: ValidationError) -> None:
        place = self.resource.row_number(number)
        values = tuple(row.get(name, "—") for name in self.diff_headers)
        cell = partial(self.resource.cell_name, number)
        self.invalid_rows.append(_InvalidRow(place, validation_error, values, cell))

    def append_error_row(self, number: int, row: dict[str, Any], errors: list[Any]) -> None:
        super().append_error_row(self.resource.row_number(number), row, errors)

    def row_errors(self) -> list[tuple[int, list[Any]]]:
        # The library counts reported rows, which differ from the sheet's when unchanged ones are left out.
        return [(row.number, row.errors) for row in self.error_rows]


class PortalResource(resources.ModelResource):
    """Subclass with Meta.model, Meta.fields and Meta.import_id_fields.

    Columns carry the Indonesian names of the model's fields; a sheet may use
    those, in any case and order, or the field names. Unknown columns are refused.
    """

    class Meta:
        skip_unchanged = True
        report_skipped = False
        # Not skip_diff: that would switch skip_unchanged off without a word (ecosystem.md T6).
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True
        store_instance = True
        instance_loader_class = _Loader

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self._meta.fields is None:
            raise ImproperlyConfigured(f"{type(self).__name__} must name its fields")
        self.user = user
        self._start([], [])

    def _start(self, headers: list[str], numbers: list[int]) -> None:
        self.headers, self.numbers = headers, numbers
        self.changes: list[dict[str, Any]] = []
        self.seen: dict[tuple, int] = {}
        for field in self.fields.values():
            if isinstance(field.widget, widgets.LookupWidget):
                field.widget.forget()

    # Columns ------------------------------------------------------------------------------------

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: models.Field, readonly: bool) -> Field:
        """A column named as people see the field, read by one of our widgets."""
        label = str(django_field.verbose_name)
        given = (cls._meta.widgets or {}).get(field_name)
        return Field(
            attribute=field_name,
            column_name=label[:1].upper() + label[1:],
            widget=given or _widget_for(django_field),
            readonly=readonly,
            default=django_field.default,
        )

    def get_result_class(self) -> Callable[[], Result]:
        return partial(_Result, self)

    def row_number(self, number: int) -> int:
        """The row of the sheet, where number counts the rows with data from 1."""
        return self.numbers[number - 1] if number <= len(self.numbers) else number + 1

    def cell_name(self, number: int, name: str) -> str:
        """`Sel C14` for a field, attribute or column name; the column's name where the sheet lacks it."""
        field = self.fields.get(name) or next(
            (field for field in self.fields.values() if name in (field.attribute, field.column_name)), None
        )
        column = field.column_name if field else name
        if column in self.headers:
            return f"Sel {get_column_letter(self.headers.index(column) + 1)}{self.row_number(number)}"
        return f"{column}, baris {self.row_number(number)}"

    def key_of(self, row: dict[str, Any]) -> tuple | None:
        """What identifies a row, or None where a part is missing or cannot be read."""
        try:
            key = tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())
        except (ValueError, KeyError, ValidationError):
            return None
        return None if any(part in (None, "") for part in key) else key

    # Import -------------------------------------------------------------------------------------

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        numbers = getattr(dataset, "row_numbers", range(2, len(dataset) + 2))
        dataset.headers = self._matched(dataset.headers or [])
        self._start(list(dataset.headers), list(numbers))

    def _matched(self, headers: list[str]) -> list[str]:
        """Headers as our column names. Raises ValueError for unknown or missing columns."""
        known: dict[str, str] = {}
        for name, field in self.fields.items():
            known[name.casefold()] = known[field.column_name.casefold()] = field.column_name
        unknown = [header for header in headers if header.casefold() not in known]
        columns = ", ".join(field.column_name for field in self.get_import_fields())
        if unknown:
            raise ValueError(f"Kolom “{unknown[0]}” tidak dikenal. Kolom yang dibaca: {columns}.")
        matched = [known[header.casefold()] for header in headers]
        for name in self.get_import_id_fields():
            if name != "id" and self.fields[name].column_name not in matched:
                raise ValueError(f"Kolom “{self.fields[name].column_name}” tidak ada. Tambahkan kolom itu.")
        return matched

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        formulas = {
            name: "Sel ini berisi rumus. Salin lalu tempel sebagai nilai."
            for name, value in row.items()
            if isinstance(value, Formula)
        }
        if formulas:
            raise ValidationError(formulas)
        key, number = self.key_of(row), kwargs["row_number"]
        if key and self.seen.setdefault(key, number) != number:
            raise ValidationError(
                f"Baris ini sama dengan baris {self.row_number(self.seen[key])}. Hapus satu."
            )

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        result = super().import_row(row, instance_loader, **kwargs)
        for error in result.errors:
            # What the database or the library says is English and may quote the row.
            error.error = ValueError(_FAILED) if not _is_ours(error.error) else error.error
        return result

    def before_save_instance(self, instance: models.Model, row: dict[str, Any], **kwargs: Any) -> None:
        if isinstance(instance, Versioned) and not instance._state.adding:
            claim(instance)

    def after_import_row(self, row: dict[str, Any], row_result: RowResult, **kwargs: Any) -> None:
        if row_result.import_type not in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE):
            return
        row_result.diff = self._preview(row_result)
        if not kwargs.get("dry_run"):
            self.changes.append(self._change(row_result, self.row_number(kwargs["row_number"])))

    def _preview(self, row_result: RowResult) -> list[str]:
        """One text a column: the new value, or `lama → baru` where it changes."""
        shown = []
        for field in self.get_import_fields():
            new = _said(field.export(row_result.instance))
            old = _said(field.export(row_result.original)) if row_result.original else new
            shown.append(new if old == new else f"{old or '(kosong)'} → {new or '(kosong)'}")
        return shown

    def _change(self, row_result: RowResult, number: int) -> dict[str, Any]:
        after = snapshot(row_result.instance)
        change = {"row": number, "pk": str(row_result.instance.pk), "kind": row_result.import_type}
        if row_result.is_new():
            return {**change, "before": {}, "after": after}
        before = snapshot(row_result.original)
        # The counted version moves on by itself and is not part of what was imported.
        moved = [name for name in after if before[name] != after[name] and name != "version"]
        return {
            **change,
            "before": {name: before[name] for name in moved},
            "after": {name: after[name] for name in moved},
        }

    def after_import(self, dataset: Any, result: _Result, **kwargs: Any) -> None:
        super().after_import(dataset, result, **kwargs)
        if kwargs.get("dry_run") or result.has_errors() or result.has_validation_errors() or not self.changes:
            return
        kinds = [change["kind"] for change in self.changes]
        result.run = ImportRun.objects.create(
            model=self._meta.model._meta.label,
            file_name=safe_filename(kwargs.get("file_name") or "impor"),
            created_count=kinds.count(RowResult.IMPORT_TYPE_NEW),
            updated_count=kinds.count(RowResult.IMPORT_TYPE_UPDATE),
            changes=self.changes,
            by=kwargs["user"],
        )
        run = result.run
        created, updated = run.created_count, run.updated_count
        audit.record("import.applied", run, by=kwargs["user"], created=created, updated=updated)


def _is_ours(error: Exception) -> bool:
    return isinstance(error, ValueError) and not isinstance(error, IntegrityError | FieldDoesNotExist)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return clock.format_datetime(value, short=True)
    if isinstance(value, date):
        return clock.format_date(value, short=True)
    return "" if value is None else str(value)


def _widget_for(field: models.Field) -> widgets.Widget:
    """The widget of a model field; relations name their row by key unless Meta.widgets says better."""
    if field.is_relation:
        return widgets.LookupWidget(cast(type[models.Model], field.related_model))
    if field.flatchoices:
        return widgets.ChoiceWidget(field.flatchoices, null=field.null)
    if isinstance(field, models.DecimalField):
        return widgets.DecimalWidget(places=field.decimal_places)
    for kind, widget in _WIDGETS:
        if isinstance(field, kind):
            return widget()
    return widgets.TextWidget(null=field.null)


_WIDGETS: Final = (
    (models.DateTimeField, widgets.DateTimeWidget),
    (models.DateField, widgets.DateWidget),
    (models.TimeField, widgets.TimeWidget),
    (models.BooleanField, widgets.YesNoWidget),
    (models.IntegerField, widgets.IntegerWidget),
)
