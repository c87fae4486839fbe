"""Tables as files: XLSX with real dates and numbers, CSV as an Indonesian spreadsheet opens it.

A text that begins like a formula stays text in both (ecosystem.md T7): other
people open these files, and the text may come from the public.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pug_portal.core import clock

Cell = str | int | float | Decimal | bool | date | datetime | time | None

_FORMULA_START: Final = re.compile(r"^[\s\x00-\x1f]*[=+\-@\t\r＝＋－＠]|^[\t\r]")
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*")
_LONGEST_CELL: Final = 32767
_FORMATS: Final = {
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
    "number": "#,##0.##",
    "money": '"Rp"#,##0',
}


@dataclass(frozen=True)
class Column:
    """A column of a file: its head, its width in letters, and how numbers look."""

    label: str
    width: int = 18
    money: bool = False


def xlsx(columns: Sequence[str | Column], rows: Iterable[Sequence[Cell]], *, title: str = "Data") -> bytes:
    """A workbook of one sheet, head row bold and frozen; memory does not grow with the rows."""
    heads = [column if isinstance(column, Column) else Column(str(column)) for column in columns]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "Data")
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = head.width
    sheet.append([_head_cell(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value, head) for value, head in zip(row, heads, strict=True)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head_cell(sheet: Any, head: Column) -> WriteOnlyCell:
    cell = _text_cell(sheet, head.label)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Cell, head: Column) -> Any:
    if value is None or isinstance(value, bool):
        return {None: None, True: "ya", False: "tidak"}[value]
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if isinstance(value, datetime):
        value, kind = clock.local(value).replace(tzinfo=None), "datetime"
    elif isinstance(value, date):
        kind = "date"
    elif isinstance(value, int | float | Decimal):
        kind = "money" if head.money else "number"
    else:
        return _text_cell(sheet, str(value))
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = _FORMATS[kind] if kind != "number" or isinstance(value, float | Decimal) else "0"
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    if not _FORMULA_START.match(clean):
        return WriteOnlyCell(sheet, clean)
    cell = WriteOnlyCell(sheet, clean)
    # openpyxl takes a leading "=" for a formula; quotePrefix keeps it text when somebody edits it.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def csv_text(columns: Sequence[str | Column], rows: Iterable[Sequence[Cell]]) -> str:
    """`;` between fields, decimal comma, ISO dates, with the mark that makes Excel read UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_cell(column.label if isinstance(column, Column) else column) for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return "\ufeff" + buffer.getvalue()


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float | Decimal):
        return format(Decimal(str(value)), "f").replace(".", ",")
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    if isinstance(value, int | date | time):
        return str(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text
