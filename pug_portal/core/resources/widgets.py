"""One cell of a sheet to one value of a row, and back.

The same parsers as the forms, so a sheet accepts what a form accepts; what
cannot be read is a ValueError with the words for the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db import models
from import_export.widgets import Widget

from pug_portal.core import clock, wording

_YES: Final = {"ya", "y", "iya", "benar", "true", "1"}
_NO: Final = {"tidak", "t", "tdk", "bukan", "salah", "false", "0"}


class _ReadingWidget(Widget):
    """Empty cells are None; text goes to `read`."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
        return None if value in (None, "") else self.read(value)

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        # Dates and numbers stay what they are; the file format writes them.
        return value


class TextWidget(_ReadingWidget):
    """Text; empty is "" unless null says that the column keeps None."""

    def __init__(self, *, null: bool = False) -> None:
        super().__init__()
        self.null = null

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return super().clean(value, row) or (None if self.null else "")

    def read(self, value: Any) -> str:
        return clock.format_date(value) if isinstance(value, date) else str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class DateWidget(_ReadingWidget):
    def read(self, value: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else clock.parse_date(str(value))


class TimeWidget(_ReadingWidget):
    def read(self, value: Any) -> time:
        if isinstance(value, datetime):
            return value.time()
        return value if isinstance(value, time) else clock.parse_time(str(value))


class DateTimeWidget(_ReadingWidget):
    """A moment in Asia/Jakarta."""

    def read(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            return clock.local(value)
        day, _, hour = str(value).rpartition(" ")
        return datetime.combine(clock.parse_date(day.rstrip(", ")), clock.parse_time(hour), clock.WIB)


class IntegerWidget(_ReadingWidget):
    def read(self, value: Any) -> int:
        if isinstance(value, float | Decimal):
            raise ValueError(f"Tulis angka bulat tanpa pecahan, bukan {wording.format_number(value)}.")
        return value if isinstance(value, int) else wording.parse_integer(str(value))


class MoneyWidget(IntegerWidget):
    def read(self, value: Any) -> int:
        return wording.parse_money(value) if isinstance(value, str) else super().read(value)


class DecimalWidget(_ReadingWidget):
    def __init__(self, *, places: int = 2) -> None:
        super().__init__()
        self.places = places

    def read(self, value: Any) -> Decimal:
        if isinstance(value, str):
            return wording.parse_decimal(value, self.places)
        try:
            return round(Decimal(str(value)), self.places)
        except InvalidOperation:
            raise ValueError("Tulis dengan angka, misalnya 1.234,5.") from None


class YesNoWidget(_ReadingWidget):
    def read(self, value: Any) -> bool:
        word = str(value).lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise ValueError("Tulis ya atau tidak.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return {True: "ya", False: "tidak"}.get(value, "")


class PhoneWidget(_ReadingWidget):
    """E.164 in the row, the national spelling in the sheet."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return super().clean(value, row) or ""

    def read(self, value: Any) -> str:
        return wording.parse_phone(str(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return wording.format_phone(value)


class ChoiceWidget(_ReadingWidget):
    """The label in the sheet, the code in the row; both are read."""

    def __init__(self, choices: Iterable[tuple[Any, str]], *, null: bool = False) -> None:
        super().__init__()
        self.labels = {code: str(label) for code, label in choices if code not in (None, "")}
        self.codes = {str(code).casefold(): code for code in self.labels}
        self.codes.update({label.casefold(): code for code, label in self.labels.items()})
        self.null = null

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        found = super().clean(value, row)
        return found if found is not None or self.null else ""

    def read(self, value: Any) -> Any:
        word = " ".join(str(value).split()).casefold()
        if word not in self.codes:
            known = ", ".join(list(self.labels.values())[:8])
            raise ValueError(f"“{value}” tidak ada di daftar. Pilih salah satu: {known}.")
        return self.codes[word]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value, "")


class LookupWidget(_ReadingWidget):
    """A row of another table, named in the sheet by one of its columns (name, abbreviation, code).

    The table is read once for each import; two rows with the same name are asked back.
    """

    def __init__(
        self, queryset: models.QuerySet | type[models.Model], fields: Sequence[str] = ("pk",)
    ) -> None:
        super().__init__()
        self.source, self.fields = queryset, tuple(fields)
        self.known: dict[str, list[models.Model]] | None = None

    def forget(self) -> None:
        """Read the table anew; the resource calls it at the start of each import."""
        self.known = None

    def read(self, value: Any) -> models.Model:
        found = self._rows().get(_folded(value), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"“{value}” cocok dengan {len(found)} data. Tulis nama lengkapnya.")
        raise ValueError(f"“{value}” tidak ditemukan di daftar {self._model()._meta.verbose_name}.")

    def _model(self) -> type[models.Model]:
        return self.source.model if isinstance(self.source, models.QuerySet) else self.source

    def _rows(self) -> dict[str, list[models.Model]]:
        if self.known is None:
            self.known = {}
            source = self.source if isinstance(self.source, models.QuerySet) else self.source._default_manager
            for row in source.all():
                for name in {_folded(getattr(row, field)) for field in self.fields} - {""}:
                    self.known.setdefault(name, []).append(row)
        return self.known

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(getattr(value, self.fields[0])) if isinstance(value, models.Model) else ""


def _folded(value: Any) -> str:
    return " ".join(str("" if value is None else value).split()).casefold()
