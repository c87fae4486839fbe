"""Boxes of forms written by functions: the markup of Django's own templates at a fraction of their cost.

A select of fifty options is fifty templates otherwise (docs/bench.md). What is not listed here, and
options with a template of their own, still go through the templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape

_FOLDER = "django/forms/widgets/"
_OPTION = f"{_FOLDER}select_option.html"
_SINGLE = (
    "input",
    "text",
    "number",
    "email",
    "url",
    "password",
    "hidden",
    "date",
    "datetime",
    "time",
    "checkbox",
)


class PortalRenderer(DjangoTemplates):
    """Set as FORM_RENDERER; takes part in every form, the administration's too."""

    def render(self, template_name: str, context: dict[str, Any], request=None) -> str:
        write = WRITERS.get(template_name)
        written = write(context["widget"]) if write else None
        return super().render(template_name, context, request) if written is None else written


def _escaped(value: Any) -> str:
    text: Any = value if isinstance(value, str | Promise) else str(value)
    return conditional_escape(text)


def _shown(value: Any) -> str:
    text: Any = value if isinstance(value, str | Promise) else localize(value)
    return conditional_escape(text)


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _select(widget: Mapping[str, Any]) -> str | None:
    parts = [f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if any(option["template_name"] != _OPTION for option in options):
            return None
        written = map(_option, options)
        parts += [f'<optgroup label="{_shown(group)}">', *written, "</optgroup>"] if group else written
    return "\n".join([*parts, "</select>"])


def _option(option: Mapping[str, Any]) -> str:
    attrs = _attributes(option["attrs"])
    return f'<option value="{_escaped(option["value"])}"{attrs}>{_shown(option["label"])}</option>'


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    kind, name = _escaped(widget["type"]), _escaped(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    text = _shown(widget["value"]) if widget["value"] else ""
    # The line break is swallowed by browsers and keeps one that the text begins with.
    name = _escaped(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


WRITERS: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    f"{_FOLDER}select.html": _select,
    f"{_FOLDER}textarea.html": _textarea,
    **{f"{_FOLDER}{name}.html": _input for name in _SINGLE},
}
