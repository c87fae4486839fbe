"""Makes templates/print/decree_annex.docx, the Word form of a decree's annex.

Run it after changing the layout here: python -m tools.annex_template
The secretariat may replace the result by its own copy in <data folder>/templat/.
"""

from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).parent.parent / "templates" / "print" / "decree_annex.docx"
HEADS = ["No", "Nama/Jabatan dalam Dinas", "Kedudukan dalam Pokja"]
WIDTHS = [Mm(12), Mm(98), Mm(64)]
LOOP = ["{%tr for row in rows %}", "", ""]
CELLS = [
    "{{ row.no }}",
    "{% if row.name %}{{ row.name }} - {% endif %}{{ row.title }}",
    "{{ row.position }}",
]
END = ["{%tr endfor %}", "", ""]


def main() -> None:
    sheet = Document()
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    sheet.styles["Normal"].font.name = "Arial"
    sheet.styles["Normal"].font.size = Pt(10.5)
    sheet.core_properties.title = "Lampiran keputusan"
    sheet.core_properties.author = "Portal PUG"
    _head(sheet)
    _members(sheet)
    _signature(sheet)
    sheet.save(str(TARGET))


def _head(sheet) -> None:
    for text in (
        "{% if draft %}DRAF - belum ditetapkan{% endif %}",
        "{{ unit|upper }}",
        "NOMOR : {{ number }}",
        "TANGGAL : {{ dated }}",
        "TENTANG : {{ about|upper }}",
    ):
        paragraph = sheet.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Mm(74)
        paragraph.paragraph_format.space_after = Pt(2)
    title = sheet.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(12)
    title.add_run("{{ title|upper }}").bold = True


def _members(sheet) -> None:
    table = sheet.add_table(rows=0, cols=3)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for texts in (HEADS, LOOP, CELLS, END):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, texts, WIDTHS, strict=True):
            cell.text, cell.width = text, width
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def _signature(sheet) -> None:
    paragraph = sheet.add_paragraph("\n{{ signer|upper }}\n\n\n\n(......................................)")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.left_indent = Mm(90)


if __name__ == "__main__":
    main()
