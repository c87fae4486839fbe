"""Every number that anyone looks at: rows in; sentence, drawing, table, CSV, XLSX and PNG out.

The sentence is the figure for whoever cannot see the drawing, and the caption
for whoever can: kind, period, largest, smallest, change, what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.safestring import SafeString

from pug_portal.core import charts, clock
from pug_portal.core.disclosure import WITHHELD_SHARE, Hidden
from pug_portal.core.sheets import Cell, csv_text, xlsx
from pug_portal.core.wording import format_money, format_number, format_percent

Value = int | float | Decimal | Hidden | None

_SPOKEN: Final = {
    "bar": "Batang",
    "line": "Garis",
    "mirror": "Batang berhadapan",
    "stacked": "Batang bertumpuk",
}


@dataclass(frozen=True)
class Figure:
    """One figure. rows: the label, then one value per further column.

    A value is a number, Hidden (from core.disclosure) or None (not known). unit says
    what is counted: "kasus", "orang", "Rp", "%"... Bars are drawn largest first
    unless in_order; incomplete names the rows whose data are still coming in.
    """

    title: str
    question: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    unit: str
    period: str
    source: str
    as_of: date
    definition: str = ""
    kind: str = "bar"
    in_order: bool = False
    incomplete: Sequence[str] = ()

    @property
    def series(self) -> list[str]:
        return list(self.columns[1:])

    def say(self, value: Value) -> str:
        """One value as printed: `1.234`, `Rp1.234`, `12,5%`, `disamarkan`, `—`."""
        if value is None:
            return "—"
        if isinstance(value, Hidden):
            return str(value)
        form = {"Rp": format_money, "%": format_percent}.get(self.unit, format_number)
        return form(value)

    def _with_unit(self, value: Value) -> str:
        return self.say(value) if self.unit in ("Rp", "%", "") else f"{self.say(value)} {self.unit}"

    def _known(self) -> list[tuple[str, str, Any]]:
        """(label, series, number) of every cell that holds a number."""
        return [
            (str(row[0]), name, value)
            for row in self.rows
            for name, value in zip(self.series, row[1:], strict=True)
            if _is_number(value)
        ]

    @property
    def hidden_share(self) -> float:
        cells = [value for row in self.rows for value in row[1:]]
        return sum(isinstance(value, Hidden) for value in cells) / max(len(cells), 1)

    def sentence(self) -> str:
        """What the drawing shows, in words."""
        known = self._known()
        head = f"{_SPOKEN[self.kind]}: {self.title[:1].lower()}{self.title[1:]}, {self.period}."
        if not known:
            return f"{head} Belum ada angka untuk periode ini."
        return " ".join([head, *self._extremes(known), *self._sums(), *self._change(), *self._gaps()])

    def _extremes(self, known: list[tuple[str, str, Any]]) -> Iterator[str]:
        high, low = max(known, key=lambda cell: cell[2]), min(known, key=lambda cell: cell[2])
        if len(known) == 1:
            yield f"{self._place(high)}: {self._with_unit(high[2])}."
        elif high[2] == low[2]:
            yield f"Semua sama: {self._with_unit(high[2])}."
        else:
            yield (
                f"Tertinggi {self._with_unit(high[2])} ({self._place(high)}), "
                f"terendah {self._with_unit(low[2])} ({self._place(low)})."
            )

    def _place(self, cell: tuple[str, str, Any]) -> str:
        return cell[0] if len(self.series) == 1 else f"{cell[0]}, {cell[1]}"

    def _sums(self) -> Iterator[str]:
        """Sums per series; shares and gaps have none, and a sum would open what is hidden."""
        if self.unit == "%" or self.kind == "line" or len(self.series) == 1:
            return
        columns = list(zip(*self.rows, strict=True))[1:]
        if all(_is_number(value) for column in columns for value in column):
            sums = [
                f"{name} {self.say(sum(column))}" for name, column in zip(self.series, columns, strict=True)
            ]
            yield f"Jumlah: {', '.join(sums)}."

    def _change(self) -> Iterator[str]:
        if self.kind != "line":
            return
        for index, name in enumerate(self.series, 1):
            run = [(str(row[0]), row[index]) for row in self.rows if _is_number(row[index])]
            if len(run) > 1:
                yield self._changed(name if len(self.series) > 1 else "", run[0], run[-1])

    def _changed(self, name: str, first: tuple[str, Any], last: tuple[str, Any]) -> str:
        subject = f"{name}: dari" if name else "Dari"
        move = f"{subject} {self.say(first[1])} ({first[0]}) menjadi {self.say(last[1])} ({last[0]})"
        if first[1] == last[1]:
            return f"{move}, tetap."
        word = "naik" if last[1] > first[1] else "turun"
        if not first[1] or self.unit == "%":
            return f"{move}, {word}."
        share = abs(Decimal(str(last[1])) - Decimal(str(first[1]))) / abs(Decimal(str(first[1]))) * 100
        return f"{move}, {word} {format_percent(share, 0)}."

    def _gaps(self) -> Iterator[str]:
        missing = [str(row[0]) for row in self.rows if all(value is None for value in row[1:])]
        if missing:
            yield f"Belum ada data: {_listed(missing)}."
        if self.incomplete:
            yield f"Data belum lengkap: {_listed(self.incomplete)}."
        hidden = sum(isinstance(value, Hidden) for row in self.rows for value in row[1:])
        if hidden:
            yield f"{hidden} angka kecil tidak ditampilkan untuk melindungi orang."

    def _ordered(self) -> list[Sequence[Any]]:
        if self.kind != "bar" or self.in_order or len(self.series) > 1:
            return list(self.rows)
        # Rows without a number stand last.
        return sorted(
            self.rows, key=lambda row: (not _is_number(row[1]), -row[1] if _is_number(row[1]) else 0)
        )

    def _drawing(self) -> dict[str, Any]:
        rows = self._ordered()
        last = {
            name: next((str(row[0]) for row in reversed(rows) if _is_number(row[index])), None)
            for index, name in enumerate(self.series, 1)
        }
        points = [
            self._point(str(row[0]), name, value, is_last=last[name] == str(row[0]))
            for row in rows
            for name, value in zip(self.series, row[1:], strict=True)
        ]
        return charts.spec(self.kind, points, self.series, [str(row[0]) for row in rows])

    def _point(self, label: str, name: str, value: Value, *, is_last: bool) -> charts.Point:
        number = float(value) if isinstance(value, int | float | Decimal) else None
        named = len(self.series) > 1
        plain = self.say(value)
        text = f"{name} {plain}" if named else plain
        return {
            "label": label,
            "series": name,
            "value": number,
            "text": text,
            "plain": plain,
            "is_last": is_last,
        }

    @property
    def is_drawn(self) -> bool:
        """A drawing needs a number, and not too many holes (ux.md V6)."""
        return bool(self._known()) and self.hidden_share <= WITHHELD_SHARE

    def svg(self) -> SafeString | str:
        """Inline SVG, or "" where there is nothing fit to draw."""
        if not self.is_drawn:
            return ""
        return charts.svg(self._drawing(), title=self.sentence(), description=self.question)

    def png(self) -> bytes:
        """The drawing as a picture; raises ValueError where is_drawn is False."""
        if not self.is_drawn:
            raise ValueError("nothing fit to draw")
        return charts.png(self._drawing())

    def table(self) -> list[list[str]]:
        """Printed rows, in the order of the drawing."""
        return [[str(row[0]), *(self.say(value) for value in row[1:])] for row in self._ordered()]

    def _cells(self) -> Iterator[list[Cell]]:
        for row in self._ordered():
            yield [str(row[0]), *(str(value) if isinstance(value, Hidden) else value for value in row[1:])]

    def csv(self) -> str:
        return csv_text(self.columns, self._cells())

    def xlsx(self) -> bytes:
        return xlsx(self.columns, self._cells(), title=self.title)

    def foot(self) -> str:
        """Source, period, date and what is counted: never a number without them (ux.md V7)."""
        parts = [
            f"Sumber: {self.source}",
            f"periode {self.period}",
            f"data per {clock.format_date(self.as_of)}",
        ]
        if self.unit:
            parts.append(f"satuan: {self.unit}")
        return "; ".join(parts) + "."

    def context(self, links: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
        """What components/figure.html expects."""
        return {
            "title": self.title,
            "sentence": self.sentence(),
            "svg": self.svg(),
            "columns": self.columns,
            "rows": self.table(),
            "links": links,
            "source": self.foot(),
            "note": self.definition,
        }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal)


def _listed(labels: Sequence[str]) -> str:
    """`Juli, Agustus, dan 4 lainnya`."""
    names = [str(label) for label in labels]
    if len(names) > 4:
        return f"{', '.join(names[:3])}, dan {len(names) - 3} lainnya"
    return " dan ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
