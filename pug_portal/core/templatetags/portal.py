"""Words and icons in templates; each tag only delegates to core.clock and core.wording."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pug_portal.core import clock, wording

register = template.Library()


@register.filter
def tanggal(value: date | None) -> str:
    """7 Agustus 2025"""
    return clock.format_date(value or None)


@register.filter
def tanggal_pendek(value: date | None) -> str:
    """7 Agu 2025, for tables"""
    return clock.format_date(value or None, short=True)


@register.filter
def tanggal_hari(value: date | None) -> str:
    """Kamis, 7 Agustus 2025, for appointments and deadlines"""
    return clock.format_day(value or None)


@register.filter
def jam(value: datetime | None) -> str:
    """14.32 WIB"""
    return clock.format_time(value or None)


@register.filter
def waktu(value: datetime | None) -> str:
    """7 Agustus 2025, 14.32 WIB"""
    return clock.format_datetime(value or None)


@register.filter
def lalu(value: date | datetime | None) -> str:
    """3 jam lalu (7 Agustus 2025, 14.32 WIB): the absolute time always stands in the text."""
    if not value:
        return ""
    exact = clock.format_datetime(value) if isinstance(value, datetime) else clock.format_date(value)
    return f"{clock.relative(value)} ({exact})"


@register.filter
def angka(value: wording.Number | None, places: int | None = None) -> str:
    """1.234,5; the argument fixes the digits after the comma"""
    return wording.format_number(_number(value), places)


@register.filter
def rupiah(value: wording.Number | None) -> str:
    """Rp1.234.567"""
    return wording.format_money(_number(value))


@register.filter
def persen(value: wording.Number | None, places: int = 1) -> str:
    """12,5% from 12.5"""
    return wording.format_percent(_number(value), places)


@register.filter
def telepon(value: str | None) -> str:
    """0812-3456-7890"""
    return wording.format_phone(value)


@register.filter
def nik_samar(value: str | None) -> str:
    """3374••••••••0001"""
    return wording.mask_nik(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of static/img/icons.svg; decoration only, so words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


def _number(value: wording.Number | str | None) -> wording.Number | None:
    # A missing template variable arrives as "".
    return None if value in (None, "") else value  # type: ignore[return-value]
