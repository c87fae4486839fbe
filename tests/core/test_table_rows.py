"""Rows written by a function look as a template would write them, and let nothing through unescaped."""

from datetime import date

from django.template import Context, Template
from django.utils.safestring import mark_safe

ROWS = """{% for row in rows %}<tr>{% for cell in row.cells %}\
<{% if forloop.first %}th scope="row"{% else %}td{% endif %}\
{% if cell.label %} data-label="{{ cell.label }}"{% endif %}{% if cell.number %} class="num"{% endif %}>\
{% if cell.status %}{% include "components/status.html" with word=cell.status tone=cell.tone only %}\
{% elif cell.url %}<a href="{{ cell.url }}">{{ cell.text }}</a>{% else %}{{ cell.text }}{% endif %}\
{% if cell.note %}<br><span class="why">{{ cell.note }}</span>{% endif %}\
</{% if forloop.first %}th{% else %}td{% endif %}>{% endfor %}</tr>{% endfor %}"""

CELLS = [
    {"text": "SRN-26-7F3QX-M", "url": "/kasus/?a=1&b=2", "note": "00001/SERUNI/2026"},
    {"label": 'Tahap "x"', "status": "Asesmen & lain", "tone": "wait"},
    {"label": "Risiko", "status": "Belum dinilai", "tone": ""},
    {"label": "Nama", "text": "<script>alert(1)</script>", "note": "<b>"},
    {"label": "Jumlah", "text": 12345, "number": True},
    {"label": "Tanggal", "text": date(2026, 8, 7)},
    {"label": "Kosong"},
    {"text": ""},
    {"text": mark_safe("<i>a</i>"), "url": '/x/"y'},
]


def rendered(markup):
    written = Template(markup).render(Context({"rows": [{"cells": CELLS}, {"cells": CELLS[1:]}]}))
    return written.replace("\n", "")


def test_the_rows_are_those_of_a_template_to_the_letter():
    assert rendered("{% load lists %}{% table_rows rows %}") == rendered(ROWS)


def test_what_people_typed_is_escaped():
    assert "<script>" not in rendered("{% load lists %}{% table_rows rows %}")


def test_no_rows_are_no_markup():
    assert Template("{% load lists %}{% table_rows rows %}").render(Context({"rows": []})) == ""
