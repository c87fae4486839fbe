"""Rows of long lists, written by a function.

A template that decides about every cell costs more than the query behind the page (docs/bench.md);
the markup is what the template would write.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def table_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of components/table_list.html; what a cell may hold is described there."""
    return format_html_join("", "<tr>{}</tr>", ((_cells(row["cells"]),) for row in rows))


def _cells(cells: Iterable[Mapping[str, Any]]) -> SafeString:
    return format_html_join("", "{}", ((_cell(cell, is_head=not i),) for i, cell in enumerate(cells)))


def _cell(cell: Mapping[str, Any], *, is_head: bool) -> SafeString:
    markup = '<th scope="row"{}{}>{}{}</th>' if is_head else "<td{}{}>{}{}</td>"
    return format_html(
        markup,
        format_html(' data-label="{}"', cell["label"]) if cell.get("label") else "",
        SafeString(' class="num"') if cell.get("number") else "",
        _content(cell),
        format_html('<br><span class="why">{}</span>', _shown(cell["note"])) if cell.get("note") else "",
    )


def _content(cell: Mapping[str, Any]) -> str:
    if cell.get("status"):
        # As components/status.html writes it.
        tone = cell.get("tone") or "plain"
        return format_html('<span class="status status--{}">{}</span>', tone, cell["status"])
    text = _shown(cell.get("text", ""))
    return format_html('<a href="{}">{}</a>', cell["url"], text) if cell.get("url") else text


def _shown(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else localize(value))
