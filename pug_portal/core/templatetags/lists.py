"""Rows of long lists, written by a function.

A template that decides about every cell costs more than the query behind the page (docs/bench.md);
the markup is what the template would write.
"""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def table_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of components/table_list.html; what a cell may hold is described there."""
    return SafeString("".join(f"<tr>{_cells(row['cells'])}</tr>" for row in rows))


def _cells(cells: Iterable[Mapping[str, Any]]) -> str:
    first, *others = cells
    return "".join([f'<th scope="row"{_cell(first)}</th>', *(f"<td{_cell(cell)}</td>" for cell in others)])


def _cell(cell: Mapping[str, Any]) -> str:
    label = f' data-label="{_shown(cell["label"])}"' if cell.get("label") else ""
    number = ' class="num"' if cell.get("number") else ""
    note = f'<br><span class="why">{_shown(cell["note"])}</span>' if cell.get("note") else ""
    return f"{label}{number}>{_content(cell)}{note}"


def _content(cell: Mapping[str, Any]) -> str:
    if cell.get("status"):
        # As components/status.html writes it.
        tone = _shown(cell.get("tone") or "plain")
        return f'<span class="status status--{tone}">{_shown(cell["status"])}</span>'
    text = _shown(cell.get("text", ""))
    return f'<a href="{_shown(cell["url"])}">{text}</a>' if cell.get("url") else text


def _shown(value: Any) -> str:
    """Escape what is not marked as markup; every word of a row passes here."""
    text = value if isinstance(value, str) else str(localize(value))
    return str(text) if hasattr(text, "__html__") else html.escape(text)
