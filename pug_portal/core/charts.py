"""Drawings of figures: Vega-Lite specifications in the portal's colours, rendered here to SVG and PNG.

The drawing has no script, no style attribute and real text, so it stands under
the strict policy, prints sharply and can be searched. One renderer per process,
started by the first drawing; what it drew is kept by the hash of its data.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

import vl_convert
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

INK, QUIET, LINE = "#1B2226", "#55616A", "#767F86"
# Neighbours alternate dark and light and keep 3:1 against each other (ux.md V4).
SERIES: Final = ("#083B45", "#D9730D", "#5A1846", "#1F9A8A")
SEXES: Final = {"Perempuan": "#5A1846", "Laki-laki": "#1F9A8A", "P": "#5A1846", "L": "#1F9A8A"}
FONT: Final = "Atkinson Hyperlegible Next"
WIDTH: Final = 560
MOST_SERIES: Final = 4
_KEPT: Final = 256
_SVG: Final = "http://www.w3.org/2000/svg"
_LOCALE: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}
_LONG_FRACTION: Final = re.compile(r"-?[0-9]+\.[0-9]{3,}")

Point = dict[str, Any]


def spec(kind: str, points: Sequence[Point], series: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """The Vega-Lite specification of a figure.

    kind: bar, line, mirror, stacked. points: {label, series, value or None, text, plain};
    text is what stands beside the mark, plain the number alone. labels in the order to draw.
    """
    if len(series) > MOST_SERIES:
        raise ValueError("a drawing shows at most four series: split it or group the rest")
    drawn = _KINDS[kind](list(series), list(labels))
    sums: dict[str, float] = dict.fromkeys(labels, 0)
    for point in points:
        sums[point["label"]] += point["value"] or 0
    longest = max((point["value"] or 0 for point in points), default=0) or 1
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "params": [{"name": "longest", "value": longest}],
        "data": {"values": [_placed(point, sums[point["label"]]) for point in points]},
        "config": _CONFIG,
        **drawn,
    }


def _placed(point: Point, row_sum: float) -> Point:
    """Where the words of a point stand, and whether they fit inside its part of a stacked bar."""
    value = point["value"] or 0
    fits = bool(row_sum) and value / row_sum >= 0.08
    return {**point, "end": value, "inside": point["plain"] if fits else ""}


_CONFIG: Final = {
    "font": FONT,
    "background": "#FFFFFF",
    "padding": 8,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": INK,
        "gridColor": "#E3E0DA",
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 240,
        "title": None,
    },
    "text": {"fontSize": 13, "color": INK},
    "bar": {"stroke": "#FFFFFF", "strokeWidth": 1},
}


_ROWS: Final = {"ticks": False, "domain": False}


def _colour(series: list[str]) -> dict[str, Any]:
    colours = [SEXES.get(name, SERIES[index]) for index, name in enumerate(series)]
    scale = {"domain": series, "range": colours}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": None}


def _rows(labels: list[str]) -> dict[str, Any]:
    return {"field": "label", "type": "nominal", "sort": labels, "axis": _ROWS}


def _measured(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None, **more}


def _bar(series: list[str], labels: list[str]) -> dict[str, Any]:
    position = {"y": _rows(labels)}
    if len(series) > 1:
        position["yOffset"] = {"field": "series", "sort": series}
    # `end` is zero where there is no number, so the words that stand for it have a place.
    words = {"text": {"field": "text"}, "x": _measured("end")}
    return {
        "height": {"step": 26 if len(series) == 1 else 20},
        "encoding": position,
        "layer": [
            {"mark": "bar", "encoding": {"color": _colour(series), "x": _measured("value")}},
            {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": words},
        ],
    }


def _line(series: list[str], labels: list[str]) -> dict[str, Any]:
    # Every label of a long run would overlap; about twelve fit the width.
    shown = labels[:: max(1, -(-len(labels) // 12))]
    axis = {"values": shown, "labelAngle": -40 if len(shown) > 6 else 0, "grid": False}
    dashes = {"domain": series, "range": [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2]]}
    return {
        "height": 260,
        "encoding": {
            "x": {
                "field": "label",
                "type": "ordinal",
                "sort": labels,
                "axis": axis,
                "scale": {"padding": 0.3},
            },
            "y": {"field": "value", "type": "quantitative", "axis": {"tickCount": 5}},
            "color": _colour(series),
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "point": True},
                "encoding": {"strokeDash": {"field": "series", "legend": None, "scale": dashes}},
            },
            {
                "transform": [{"filter": "datum.is_last"}],
                "mark": {"type": "text", "align": "left", "dx": 9, "fontWeight": "bold"},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    }


def _mirror(series: list[str], labels: list[str]) -> dict[str, Any]:
    """Two series back to back from one zero; the left one is drawn negative, numbers stay positive."""
    is_left = f"datum.series === {json.dumps(series[0])}"
    # Room beside the longest bar for its words; names of the sides stand in the first row.
    room = {"domainMin": {"expr": "-1.4 * longest"}, "domainMax": {"expr": "1.4 * longest"}}
    position = {"y": _rows(labels), "x": _measured("side", scale=room)}
    words = f"datum.label === {json.dumps(labels[:1][0] if labels else '')} ? datum.text : datum.plain"
    side_of_bar = {"dx": {"expr": f"{is_left} ? -5 : 5"}, "align": {"expr": f"{is_left} ? 'right' : 'left'"}}
    return {
        "height": {"step": 28},
        "transform": [
            {"calculate": f"{is_left} ? -datum.end : datum.end", "as": "side"},
            {"calculate": words, "as": "words"},
        ],
        "encoding": position,
        "layer": [
            {"mark": "bar", "encoding": {"color": _colour(series)}},
            {"mark": {"type": "text", **side_of_bar}, "encoding": {"text": {"field": "words"}}},
        ],
    }


def _stacked(series: list[str], labels: list[str]) -> dict[str, Any]:
    """One bar a row; numbers stand inside where they fit, names above, in the order of the parts."""
    legend = {"orient": "top", "title": None, "labelFontSize": 13, "labelColor": INK, "symbolType": "square"}
    axis = {"tickCount": 5, "grid": False}
    along = {"field": "value", "type": "quantitative", "stack": "zero"}
    # White words on the dark colours, ink on the light ones.
    on_colour = {"domain": series, "range": ["#FFFFFF", INK, "#FFFFFF", INK][: len(series)]}
    on_colour["range"] = [
        {SEXES["P"]: "#FFFFFF", SEXES["L"]: INK}.get(SEXES.get(name, ""), plain)
        for name, plain in zip(series, on_colour["range"], strict=True)
    ]
    return {
        "height": {"step": 34},
        "transform": [{"calculate": f"indexof({json.dumps(series)}, datum.series)", "as": "place"}],
        "encoding": {"y": _rows(labels), "order": {"field": "place", "type": "quantitative"}},
        "layer": [
            {
                "mark": {"type": "bar", "strokeWidth": 2},
                "encoding": {"color": {**_colour(series), "legend": legend}, "x": {**along, "axis": axis}},
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "text": {"field": "inside"},
                    "x": {**along, "bandPosition": 0.5, "axis": axis},
                    "color": {"field": "series", "type": "nominal", "scale": on_colour, "legend": None},
                },
            },
        ],
        "resolve": {"scale": {"color": "independent"}},
    }


_KINDS: Final[dict[str, Callable[[list[str], list[str]], dict[str, Any]]]] = {
    "bar": _bar,
    "line": _line,
    "mirror": _mirror,
    "stacked": _stacked,
}


class _Renderer:
    """The one place that holds the drawing engine (100 MB) and what it drew lately."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: OrderedDict[str, Any] = OrderedDict()
        self.is_ready = False

    def draw(self, form: str, drawing: dict[str, Any]) -> Any:
        key = hashlib.sha256(json.dumps([form, drawing], sort_keys=True).encode()).hexdigest()
        with self.lock:
            if key not in self.kept:
                self._prepare()
                self.kept[key] = _FORMS[form](drawing)
            self.kept.move_to_end(key)
            while len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
            return self.kept[key]

    def _prepare(self) -> None:
        if not self.is_ready:
            vl_convert.register_font_directory(str(settings.BASE_DIR / "static" / "fonts" / "print"))
            self.is_ready = True


_renderer = _Renderer()
# No address may be fetched while drawing, whatever a specification says.
_FORMS: Final = {
    "svg": lambda drawing: vl_convert.vegalite_to_svg(drawing, format_locale=_LOCALE, allowed_base_urls=[]),
    "png": lambda drawing: vl_convert.vegalite_to_png(
        drawing, ppi=300, format_locale=_LOCALE, allowed_base_urls=[]
    ),
}


def svg(drawing: dict[str, Any], *, title: str, description: str) -> SafeString:
    """Inline SVG for a page: one image with the finding as its title."""
    root = fromstring(_renderer.draw("svg", drawing))
    for node in root.iter():
        for name in [name for name in node.attrib if name == "role" or name.startswith("aria-")]:
            del node.attrib[name]
        # The text takes the font of the page it stands in.
        node.attrib.pop("font-family", None)
        for name in ("d", "transform"):
            if name in node.attrib:
                node.attrib[name] = _LONG_FRACTION.sub(
                    lambda found: f"{float(found[0]):.2f}", node.attrib[name]
                )
    return _as_image(root, title, description)


def _as_image(root: Any, title: str, description: str) -> SafeString:
    key = hashlib.sha256(f"{title}|{description}".encode()).hexdigest()[:10]
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "class": "chart",
        "role": "img",
        "aria-labelledby": f"judul-{key} uraian-{key}",
    }
    for position, (tag, text, name) in enumerate(
        (("title", title, "judul"), ("desc", description, "uraian"))
    ):
        node = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{key}"})
        node.text = text
        root.insert(position, node)
    ET.register_namespace("", _SVG)
    # Written by the XML writer from parsed parts: every text is escaped.
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308


def png(drawing: dict[str, Any]) -> bytes:
    """The drawing for downloads, 300 dpi; few colours, so that it stays below 150 KB."""
    picture = Image.open(io.BytesIO(_renderer.draw("png", drawing))).convert("RGB").quantize(64)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True, dpi=(300, 300))
    return buffer.getvalue()
