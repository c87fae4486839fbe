"""PDF and Word documents from a template and plain data, and the answers that carry them.

PDFs are typeset from templates/print/*.typ; the data reaches the template as
JSON, so no text can become markup. Word files come from a .docx template that
the secretariat may replace with its own copy in <data folder>/templat/.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from pug_portal.core import clock
from pug_portal.core.downloads import CSV, DOCX, PDF, XLSX, download, safe_filename, stream
from pug_portal.core.seals import qr_svg, seal_code, seal_fits
from pug_portal.core.sheets import Column, csv_text, xlsx
from pug_portal.core.wording import format_number

__all__ = [
    "CSV",
    "DOCX",
    "PDF",
    "XLSX",
    "Column",
    "csv_text",
    "docx",
    "docx_report",
    "download",
    "pdf",
    "printed_by",
    "qr_svg",
    "safe_filename",
    "seal_code",
    "seal_fits",
    "stream",
    "verification",
    "xlsx",
]

logger = logging.getLogger("portal")

TEMPLATES: Final = settings.BASE_DIR / "templates" / "print"
FONTS: Final = settings.BASE_DIR / "static" / "fonts" / "print"
SYSTEM_FONTS: Final = Path("/usr/share/fonts/truetype/dejavu")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Typeset templates/print/<template>.typ with the data (strings, numbers, lists, dates).

    Accessible (PDF/UA-1) where the template allows it; a template that breaks a
    rule of that standard still prints, and the log says which one.
    """
    source = TEMPLATES / f"{template.removesuffix('.typ')}.typ"
    if source.parent != TEMPLATES or not source.is_file():
        raise FileNotFoundError(f"no print template {template!r}")
    try:
        return _typeset(source, data, ["ua-1"])
    except typst.TypstError as problem:
        if "PDF/UA" not in f"{problem.message} {problem.diagnostic}":
            raise
        logger.warning("print template %s is not PDF/UA-1: %s", source.name, problem.message)
        return _typeset(source, data, [])


def _typeset(source: Path, data: Mapping[str, Any], standards: list[Any]) -> bytes:
    return typst.compile(
        str(source),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, default=_plain)},
        pdf_standards=standards,
        format="pdf",
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts only, so a sheet looks alike on every machine; DejaVu where ours are missing."""
    folder = FONTS if any(FONTS.glob("*.ttf")) else SYSTEM_FONTS
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _plain(value: object) -> str:
    """How values that JSON lacks are printed: Indonesian dates and numbers."""
    if isinstance(value, datetime):
        return clock.format_datetime(value)
    if isinstance(value, date):
        return clock.format_date(value)
    return format_number(value) if isinstance(value, Decimal) else str(value)


def printed_by(name: str, now: datetime) -> dict[str, str]:
    """The foot of a sheet: `Dicetak oleh … pada …`."""
    return {"by": name, "at": clock.format_datetime(now)}


def verification(url: str, *facts: object) -> dict[str, str]:
    """The seal of a sheet: code, QR of the address, and the sentence beside it."""
    return {
        "code": seal_code(*facts),
        "qr": qr_svg(url),
        "text": f"Periksa keaslian dokumen ini di {url} dengan kode:",
    }


def docx(template: str, data: Mapping[str, Any]) -> bytes:
    """Fill a .docx template; the office's own copy in the data folder wins over ours.

    The template language runs in a sandbox, and every value is escaped.
    """
    filled = DocxTemplate(str(_word_template(template)))
    filled.render(dict(data), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    return _saved(filled)


def _word_template(template: str) -> Path:
    name = f"{Path(template).name.removesuffix('.docx')}.docx"
    for folder in (settings.DATA_DIR / "templat", TEMPLATES):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"no Word template {name!r}")


def docx_report(data: Mapping[str, Any]) -> bytes:
    """The Word form of templates/print/report.typ: same data, for people who edit before signing.

    Drawings are left out; their tables stay.
    """
    sheet = Document()
    _page_setup(sheet)
    for line in data.get("letterhead") or ():
        sheet.add_paragraph(str(line)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if data.get("secret"):
        sheet.add_paragraph("RAHASIA").runs[0].bold = True
    sheet.add_heading(str(data["title"]), level=1)
    if data.get("lead"):
        sheet.add_paragraph(str(data["lead"]))
    for section in data.get("sections", ()):
        _add_section(sheet, section)
    for person in data.get("signatures") or ():
        sheet.add_paragraph(f"\n{person['role']}\n\n\n\n{person['name']}\n{person.get('number', '')}")
    return _saved(sheet)


def _page_setup(sheet: Any) -> None:
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    sheet.styles["Normal"].font.size = Pt(10.5)


def _add_section(sheet: Any, section: Mapping[str, Any]) -> None:
    if section.get("heading"):
        sheet.add_heading(section["heading"], level=2)
    for paragraph in section.get("text", ()):
        sheet.add_paragraph(str(paragraph))
    if section.get("fields"):
        _add_table(sheet, (), section["fields"])
    if section.get("table"):
        table = section["table"]
        labels = [column["label"] if isinstance(column, Mapping) else column for column in table["columns"]]
        _add_table(sheet, labels, [*table["rows"], *([table["foot"]] if table.get("foot") else [])])


def _add_table(sheet: Any, labels: Any, rows: Any) -> None:
    rows = [*([labels] if labels else []), *rows]
    if not rows:
        return
    table = sheet.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = _plain(value) if isinstance(value, date | Decimal) else str(value)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
