"""Reading and writing spreadsheets with limits.

A 4.7 KB workbook with one far cell walks a million rows, a 3 MB one unpacks to
188 MB, and a sheet may lie about its size (ecosystem.md T2, T3). So the zip is
judged before the parser sees it, the sheet's own size is ignored, and reading
stops at 60 columns and 5,000 rows that hold something.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

import tablib
from import_export.formats.base_formats import Format
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pug_portal.core.downloads import CSV, XLSX
from pug_portal.core.sheets import csv_text, xlsx
from pug_portal.core.uploads import UploadRefused, check_container

MAX_COLUMNS: Final = 60
MAX_ROWS: Final = 5_000
MAX_BYTES: Final = 20 * 1024 * 1024
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class SheetRefused(ValueError):
    """The file is not read; the text tells what to do, in Indonesian."""


class Formula(str):
    """A cell that held a formula: never computed, always an error of its row."""


class _SheetFormat(Format):
    """What both formats share: rows in with their numbers, rows out."""

    def __init__(self, encoding: str | None = None) -> None:
        # The library hands an encoding to text formats; we read bytes ourselves.
        self.encoding = None

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The rows that hold something; `row_numbers` says where each stood in the sheet.

        Raises SheetRefused.
        """
        if len(in_stream) > MAX_BYTES:
            raise SheetRefused("Berkas terlalu besar. Kirim paling besar 20 MB.")
        return _dataset(self.rows(in_stream))

    def rows(self, data: bytes) -> Iterator[list[Any]]:
        raise NotImplementedError


class SafeXLSX(_SheetFormat):
    def get_title(self) -> str:
        return "xlsx"  # the form chooses the format whose title is the file's extension

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return XLSX

    def rows(self, data: bytes) -> Iterator[list[Any]]:
        try:
            check_container(data, part="xl/workbook.xml", content_type=_WORKBOOK, entries=200)
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        except UploadRefused as refusal:
            raise SheetRefused(str(refusal)) from None
        except (InvalidFileException, ValueError, KeyError, TypeError, OSError, SyntaxError):
            raise SheetRefused(
                "Berkas Excel ini rusak. Simpan ulang sebagai .xlsx, lalu kirim lagi."
            ) from None
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MAX_COLUMNS + 1):
            yield [Formula(cell.value) if cell.data_type == "f" else cell.value for cell in cells]

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return xlsx(dataset.headers, dataset, title=kwargs.get("title", "Data"))


class SafeCSV(_SheetFormat):
    def get_title(self) -> str:
        return "csv"

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return CSV

    def rows(self, data: bytes) -> Iterator[list[Any]]:
        text = _decoded(data)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        try:
            for cells in reader:
                yield [_csv_cell(cell) for cell in cells[: MAX_COLUMNS + 1]]
        except csv.Error:
            raise SheetRefused("Berkas CSV ini rusak. Simpan ulang sebagai CSV UTF-8.") from None

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return csv_text(dataset.headers, dataset).encode()


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused("Huruf pada berkas CSV ini tidak terbaca. Simpan ulang sebagai CSV UTF-8.")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count)


def _csv_cell(cell: str) -> str:
    """Our own export puts an apostrophe before a text that looks like a formula: take it off again."""
    if cell.startswith("'") and cell[1:].lstrip().startswith(_FORMULA_STARTS):
        return cell[1:]
    return Formula(cell) if cell.lstrip().startswith("=") else cell


def _dataset(rows: Iterator[list[Any]]) -> tablib.Dataset:
    numbered = ((number, row) for number, row in enumerate(rows, 1) if _holds_something(row))
    _, head = next(numbered, (0, []))
    headers = _headers(head)
    dataset = tablib.Dataset(headers=headers)
    numbers: list[int] = []
    for number, row in numbered:
        if len(numbers) == MAX_ROWS:
            raise SheetRefused("Berkas ini berisi lebih dari 5.000 baris. Bagi menjadi beberapa berkas.")
        cells = [*row, *[None] * len(headers)]
        dataset.append([_tidy(cell) for cell in cells[: len(headers)]])
        numbers.append(number)
    dataset.row_numbers = numbers
    return dataset


def _holds_something(row: Iterable[Any]) -> bool:
    return any(cell not in (None, "") for cell in row)


def _headers(cells: list[Any]) -> list[str]:
    names = [" ".join(str(cell or "").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetRefused("Berkas ini kosong. Isi baris pertama dengan nama kolom.")
    if len(names) > MAX_COLUMNS:
        raise SheetRefused(
            f"Berkas ini berisi lebih dari {MAX_COLUMNS} kolom. Pakai templat yang disediakan."
        )
    if "" in names:
        raise SheetRefused("Ada kolom tanpa nama. Isi nama kolom pada baris pertama.")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SheetRefused(f"Kolom “{min(twice)}” ada dua. Hapus salah satu.")
    return names


def _tidy(cell: Any) -> Any:
    """Excel keeps every number as a fraction: 12.0 is 12."""
    if isinstance(cell, Formula):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else cell
