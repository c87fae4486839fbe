from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template

MOMENT = datetime(2025, 8, 7, 7, 32, tzinfo=UTC)


def render(markup, **context):
    return Template("{% load portal %}" + markup).render(Context(context))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("tanggal", MOMENT, "7 Agustus 2025"),
        ("tanggal_pendek", date(2025, 8, 7), "7 Agu 2025"),
        ("tanggal_hari", MOMENT, "Kamis, 7 Agustus 2025"),
        ("jam", MOMENT, "14.32 WIB"),
        ("waktu", MOMENT, "7 Agustus 2025, 14.32 WIB"),
        ("angka", 1234, "1.234"),
        ("angka:2", Decimal("1234.5"), "1.234,50"),
        ("rupiah", 1234567, "Rp1.234.567"),
        ("persen", Decimal("12.5"), "12,5%"),
        ("telepon", "+6281234567890", "0812-3456-7890"),
        ("nik_samar", "3374011512120001", "3374••••••••0001"),
    ],
)
def test_a_filter_shows_a_value_as_the_office_writes_it(name, value, shown):
    assert render(f"{{{{ value|{name} }}}}", value=value) == shown
    assert render(f"{{{{ value|{name} }}}}", value=None) == ""
    assert render(f"{{{{ missing|{name} }}}}") == ""


@time_machine.travel(datetime(2025, 8, 7, 10, 40, tzinfo=UTC), tick=False)
def test_relative_time_always_stands_beside_the_absolute_one():
    assert render("{{ value|lalu }}", value=MOMENT) == "3 jam lalu (7 Agustus 2025, 14.32 WIB)"
    assert render("{{ value|lalu }}", value=date(2025, 8, 6)) == "kemarin (6 Agustus 2025)"
    assert render("{{ missing|lalu }}") == ""


def test_an_icon_is_a_reference_without_style_and_silent():
    shown = render('{% icon "telepon" %}')
    assert '<use href="/static/img/icons' in shown
    assert "#telepon" in shown
    assert 'aria-hidden="true"' in shown
    assert "style" not in shown
    assert "<script>" not in render("{% icon name %}", name="<script>")
