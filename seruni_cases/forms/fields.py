"""Fields of this room: age in any of its spellings, and the place by kelurahan."""

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from institutions.models import Region
from pug_portal.core import clock
from pug_portal.core.clock import AgeBand
from seruni_cases.models.complaint import Outside

OLDEST = 120


@dataclass(frozen=True)
class Age:
    """What is known of an age; a year and a group always, a date only when it was said."""

    birth_year: int | None
    band: str
    estimated: bool
    birth_date: date | None = None

    def words(self) -> str:
        if self.birth_date:
            return clock.format_date(self.birth_date)
        if self.birth_year is None:
            return AgeBand(self.band).label if self.band != AgeBand.UNKNOWN else ""
        years = clock.today().year - self.birth_year
        return f"kira-kira {years}" if self.estimated else str(years)


def read_age(text: str) -> Age:
    """Read `34`, `kira-kira 34`, `13-17`, `anak`, `dewasa`, or a date of birth."""
    clean = " ".join(text.lower().replace("tahun", " ").replace("–", "-").split())
    if band := next((b for b in AgeBand if clean == b.value.replace("+", "")), None):
        return Age(None, band, True)
    if match := re.fullmatch(r"(kira-kira|kira|sekitar|±|~)?\s*([0-9]{1,3})\+?", clean):
        return _from_years(int(match[2]), bool(match[1]))
    birth = clock.parse_date(clean)
    if birth > clock.today():
        raise ValueError("Tanggal lahir tidak boleh sesudah hari ini. Periksa tahunnya.")
    return Age(birth.year, clock.band_for_birth(birth, clock.today()), False, birth)


def _from_years(years: int, estimated: bool) -> Age:
    if years > OLDEST:
        raise ValueError(f"Umur paling tinggi {OLDEST} tahun. Tulis angkanya lagi.")
    return Age(clock.today().year - years, clock.band_for_age(years), estimated)


class _SpokenField(forms.Field):
    """A text box whose text becomes something else."""

    longest = 80
    own_attrs: dict[str, str] = {"autocomplete": "off"}

    def text_of(self, value) -> str:
        text = " ".join(str(value or "").replace("\x00", "").split())
        if len(text) > self.longest:
            raise ValidationError(f"Tulis paling banyak {self.longest} huruf.")
        return text

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "maxlength": str(self.longest), **self.own_attrs}


class AgeField(_SpokenField):
    """An age or a date of birth in one box; answers an Age or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", "Umur atau tanggal lahir")
        kwargs.setdefault("help_text", "Misalnya 34, kira-kira 34, 13-17, atau 17 Agustus 2012.")
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, Age):
            return value
        text = self.text_of(value)
        if not text:
            return None
        try:
            return read_age(text)
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def prepare_value(self, value):
        return value.words() if isinstance(value, Age) else value


@dataclass(frozen=True)
class Place:
    """A kelurahan, a whole kecamatan, or somewhere that is neither."""

    region: Region | None = None
    outside: str = ""

    @property
    def kelurahan(self) -> Region | None:
        return self.region if self.region and self.region.parent_id else None

    @property
    def kecamatan(self) -> Region | None:
        return self.region and (self.region.parent if self.region.parent_id else self.region)


def place_words(region: Region | None, outside: str) -> str:
    """Return what the box shows for a stored place."""
    if outside:
        return Outside(outside).label
    if region is None:
        return ""
    return str(region) if region.parent_id else f"Kecamatan {region.name}"


class PlaceField(_SpokenField):
    """A place by its kelurahan; the browser offers the list, the text is understood anyway."""

    own_attrs = {"list": "daftar-kelurahan", "autocomplete": "off", "spellcheck": "false"}

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", "Kelurahan")
        kwargs.setdefault("help_text", "Ketik nama kelurahan; kecamatannya mengikuti. Boleh kecamatan saja.")
        super().__init__(**kwargs)
        self.regions: list[Region] | None = None

    def known(self) -> list[Region]:
        """Return all regions, read once per form."""
        if self.regions is None:
            self.regions = list(Region.objects.select_related("parent"))
        return self.regions

    def options(self) -> list[str]:
        return [*(place_words(r, "") for r in self.known()), *Outside.labels]

    def to_python(self, value) -> Place:
        text = self.text_of(value).lower()
        if not text:
            return Place()
        for code, label in Outside.choices:
            if text == label.lower():
                return Place(outside=code)
        return Place(self._region(text))

    def _region(self, text: str) -> Region:
        exact = [r for r in self.known() if place_words(r, "").lower() == text]
        named = exact or [r for r in self.known() if r.name.lower() == text]
        if len(named) == 1:
            return named[0]
        kelurahan = [r for r in named if r.parent_id]
        if len(kelurahan) == 1:
            return kelurahan[0]
        if named:
            both = ", ".join(place_words(r, "") for r in named)
            raise ValidationError(f"Ada lebih dari satu: {both}. Pilih salah satu.")
        raise ValidationError("Nama ini tidak ada di daftar kelurahan. Pilih dari daftar, atau kosongkan.")

    def validate(self, value):
        if self.required and not (value.region or value.outside):
            raise ValidationError(self.error_messages["required"], code="required")
