"""Form fields that read what Indonesians type: dates, times, numbers, money, telephones, NIK.

Every one is a text box. A browser's own date box opens empty when the value is
shown as 07-08-2025, and saving then loses the date (ux.md 4.2); here an edit
form shows the value in a spelling that the same field reads back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from pug_portal.core import clock, wording
from pug_portal.core.answers import MetaAnswer, with_meta

DATE_HELP: Final = "Contoh: 17 Agustus 2012 atau 17/8/2012."
_BOX: Final = {"autocomplete": "off"}
_DIGITS: Final = {"autocomplete": "off", "inputmode": "numeric"}
_DECIMAL: Final = {"autocomplete": "off", "inputmode": "decimal"}


def _read(parse: Callable[[str], Any], text: str) -> Any:
    """The parser's refusal is already a sentence for the person."""
    try:
        return parse(text)
    except ValueError as refusal:
        raise ValidationError(str(refusal), code="unreadable") from refusal


class _ReadingField(forms.Field):
    """A text box with a parser in front and a formatter behind."""

    widget = forms.TextInput
    box_attrs: Final[dict[str, str]] = _BOX

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        return _read(self.read, value) if isinstance(value, str) else value

    def prepare_value(self, value: Any) -> Any:
        # What was typed comes back as typed; what was stored comes back readable.
        return value if value is None or isinstance(value, str) else self.show(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {} if widget.is_hidden else dict(self.box_attrs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class IndonesianDateField(_ReadingField):
    """A date; not_future and not_past are judged by the office's calendar, when the form is sent."""

    def __init__(
        self,
        *,
        not_future: bool = False,
        not_past: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        self.not_future, self.not_past = not_future, not_past
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("help_text", DATE_HELP)
        super().__init__(**kwargs)

    def read(self, text: str) -> date:
        return clock.parse_date(text)

    def show(self, value: date) -> str:
        return clock.format_date(value)

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        return clock.local(found).date() if isinstance(found, datetime) else found

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        today = clock.today()
        first = max(filter(None, [self.earliest, today if self.not_past else None]), default=None)
        last = min(filter(None, [self.latest, today if self.not_future else None]), default=None)
        if last and value > last:
            raise ValidationError(f"Tulis tanggal paling lambat {clock.format_date(last)}.", code="too_late")
        if first and value < first:
            raise ValidationError(f"Tulis tanggal paling awal {clock.format_date(first)}.", code="too_early")


class IndonesianTimeField(_ReadingField):
    box_attrs = _DECIMAL

    def read(self, text: str) -> time:
        return clock.parse_time(text)

    def show(self, value: time) -> str:
        return f"{value.hour:02d}.{value.minute:02d}"


class IndonesianDateTimeField(_ReadingField):
    """Date and time in one box, in Asia/Jakarta: `7 Agustus 2025, 14.30`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Contoh: 7 Agustus 2025, 14.30.")
        super().__init__(**kwargs)

    def read(self, text: str) -> datetime:
        plain = text.lower().removesuffix("wib").replace(" pukul ", " ").replace(" jam ", " ").strip()
        day, _, hour = (
            plain.replace("t", " ").rpartition(" ") if plain[:4].isdigit() else plain.rpartition(" ")
        )
        if not day:
            raise ValueError("Tulis tanggal dan jam, misalnya 7 Agustus 2025, 14.30.")
        return datetime.combine(clock.parse_date(day.rstrip(", ")), clock.parse_time(hour), clock.WIB)

    def show(self, value: datetime) -> str:
        return f"{clock.format_date(value)}, {clock.local(value):%H.%M}"


class IndonesianIntegerField(_ReadingField, forms.IntegerField):
    box_attrs = _DIGITS

    def read(self, text: str) -> int:
        return wording.parse_integer(text)

    def show(self, value: Any) -> str:
        return wording.format_number(value)


class MoneyField(IndonesianIntegerField):
    """Whole rupiah as int; `1,5 juta` is understood."""

    def read(self, text: str) -> int:
        return wording.parse_money(text)


class IndonesianDecimalField(_ReadingField, forms.DecimalField):
    box_attrs = _DECIMAL

    def read(self, text: str) -> Decimal:
        return wording.parse_decimal(text, 2 if self.decimal_places is None else self.decimal_places)

    def show(self, value: Any) -> str:
        return wording.format_number(value)


class PercentField(IndonesianDecimalField):
    """Points of percent, 0 to 100 unless told otherwise."""

    def __init__(
        self, *, min_value: int = 0, max_value: int = 100, decimal_places: int = 2, **kwargs: Any
    ) -> None:
        super().__init__(min_value=min_value, max_value=max_value, decimal_places=decimal_places, **kwargs)

    def read(self, text: str) -> Decimal:
        return wording.parse_percent(text, self.decimal_places or 0)


class _TextReadingField(_ReadingField):
    """As above for values that are text themselves: empty is "", and the stored form is shown."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value) or ""


class PhoneField(_TextReadingField):
    """E.164 out. An edit form shows the national spelling; typed text stays as typed."""

    box_attrs = {"autocomplete": "off", "inputmode": "tel"}

    def __init__(self, *, short_codes: bool = False, **kwargs: Any) -> None:
        self.short_codes = short_codes
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return wording.parse_phone(text, short_codes=self.short_codes)

    def prepare_value(self, value: Any) -> Any:
        return wording.format_phone(value) if isinstance(value, str) and value.startswith("+62") else value


class NIKField(_TextReadingField):
    """Sixteen digits out. What they say about birth and sex is a warning's matter, never an error."""

    box_attrs = {**_DIGITS, "spellcheck": "false"}

    def read(self, text: str) -> str:
        return wording.normalise_nik(text)


class NameField(forms.CharField):
    """A person's whole name in one box; one word is a name too."""

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off", "spellcheck": "false"}


class ChoiceWithMeta(forms.ChoiceField):
    """One of the choices, or one of the four answers that are not an answer."""

    def __init__(
        self,
        *,
        choices: Iterable[tuple[str, str]] = (),
        meta: Iterable[MetaAnswer] = tuple(MetaAnswer),
        blank: str = "Pilih…",
        **kwargs: Any,
    ) -> None:
        listed = with_meta(choices, meta)
        radios = issubclass(_widget_class(kwargs.get("widget")), forms.RadioSelect)
        super().__init__(choices=listed if radios else [("", blank), *listed], **kwargs)


def _widget_class(widget: Any) -> type:
    if widget is None:
        return forms.Select
    return widget if isinstance(widget, type) else type(widget)
