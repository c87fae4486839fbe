import csv
import io
import re
import zipfile
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from pug_portal.core import documents
from pug_portal.core.documents import Column

NOW = datetime(2025, 8, 7, 7, 32, tzinfo=UTC)
FORMULAS = [
    "=1+1",
    "+62 812",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "＝1+1",
    " =cmd|' /C calc'!A0",
    "＋1",
    "－1",
    "＠x",
    "\n=1",
]


def report(**more):
    return {
        "title": "Laporan Semester",
        "letterhead": ["PEMERINTAH KOTA SEMARANG", "Sekretariat Pokja PUG"],
        "printed": documents.printed_by("Petugas Contoh", NOW),
        "sections": [
            {"heading": "Pelaksanaan", "text": ["Satu paragraf."], "fields": [["Tanggal", date(2025, 8, 7)]]},
            {
                "table": {
                    "columns": ["Tugas", {"label": "Jumlah", "number": True, "width": 2}],
                    "rows": [["Pelatihan", Decimal("1234.5")], ["Rapat", 3]],
                    "foot": ["Jumlah", "1.237,5"],
                }
            },
        ],
        "signatures": [{"role": "Ketua", "name": "Nama Contoh", "number": "NIP -"}],
        **more,
    }


def unpacked(pdf: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    parts = []
    for stream in streams:
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    return pdf + b"".join(parts)


def test_a_report_is_an_accessible_pdf():
    made = documents.pdf("report", report())
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in unpacked(made)
    assert b"/Lang" in unpacked(made)


def test_a_sealed_secret_report_with_a_drawing_is_still_accessible(settings):
    seal = documents.verification("https://portal.example/periksa/1", "SK", 1)
    drawing = {
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4"/></svg>',
        "alt": "Garis",
    }
    made = documents.pdf("report", report(secret=True, verification=seal, sections=[{"drawing": drawing}]))
    assert b"pdfuaid:part" in unpacked(made)


def test_typed_text_is_never_markup():
    hostile = '#panic("x") *b* $x$ <label> @ref \\ #import "/etc/passwd"'
    made = documents.pdf("report", report(title=hostile, sections=[{"text": [hostile]}]))
    assert made.startswith(b"%PDF-")


def test_a_long_table_runs_over_pages():
    rows = [[f"Baris {number}", str(number)] for number in range(400)]
    made = documents.pdf("report", report(sections=[{"table": {"columns": ["Nama", "Nomor"], "rows": rows}}]))
    assert len(re.findall(rb"/Type\s*/Page\b", unpacked(made))) > 5


@pytest.mark.parametrize("name", ["no-such", "../base", "../../pug_portal/settings"])
def test_an_unknown_template_is_an_error(name):
    with pytest.raises(FileNotFoundError):
        documents.pdf(name, {})


def test_the_word_report_holds_the_same_words():
    sheet = Document(io.BytesIO(documents.docx_report(report())))
    words = "\n".join(paragraph.text for paragraph in sheet.paragraphs)
    cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
    assert "Laporan Semester" in words
    assert "Nama Contoh" in words
    assert {"7 Agustus 2025", "1.234,5", "1.237,5"} <= set(cells)


def test_the_office_may_replace_a_word_template_and_values_stay_text(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "templat").mkdir()
    template = Document()
    template.add_paragraph("Kepada {{ name }}")
    template.save(tmp_path / "templat" / "surat.docx")
    made = documents.docx("surat", {"name": "Ani & <Budi> {{ 7*7 }}"})
    assert Document(io.BytesIO(made)).paragraphs[0].text == "Kepada Ani & <Budi> {{ 7*7 }}"
    with pytest.raises(FileNotFoundError):
        documents.docx("../../etc/passwd", {})


def test_a_word_template_cannot_reach_into_the_program(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "templat").mkdir()
    template = Document()
    template.add_paragraph("{{ ''.__class__.__mro__ }}")
    template.save(tmp_path / "templat" / "surat.docx")
    with pytest.raises(Exception, match="unsafe"):
        documents.docx("surat", {})


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_workbook(text):
    made = documents.xlsx([text or "Kepala"], [[text]])
    sheet = load_workbook(io.BytesIO(made)).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s"]
    assert all(cell.quotePrefix for row in sheet.iter_rows() for cell in row)
    xml = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert sheet["A2"].value.split() == text.split()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_csv(text):
    made = documents.csv_text(["Isi"], [[text]])
    cell = list(csv.reader(io.StringIO(made[1:]), delimiter=";"))[1][0]
    assert cell.startswith("'")
    assert cell[1:].split() == text.split()


def test_a_workbook_holds_real_dates_and_numbers_under_a_frozen_head():
    rows = [[date(2025, 8, 7), NOW, 1234, Decimal("12.5"), 1500000, "3374011512120001", True, None]]
    columns = ["Tanggal", "Waktu", "Jumlah", "Persen", Column("Pagu", money=True), "NIK", "Hadir", "Kosong"]
    sheet = load_workbook(io.BytesIO(documents.xlsx(columns, rows, title="Data [1]/2"))).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    values = [cell.value for cell in sheet[2]]
    assert values[:6] == [
        datetime(2025, 8, 7),
        datetime(2025, 8, 7, 14, 32),
        1234,
        12.5,
        1500000,
        "3374011512120001",
    ]
    assert sheet["E2"].number_format == '"Rp"#,##0'
    assert sheet["F2"].data_type == "s"
    assert values[6:] == ["ya", None]


def test_control_characters_do_not_spoil_a_file():
    made = documents.xlsx(["Isi"], [["a\x00b\x0bc"], ["x" * 40000]])
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == 32767


def test_a_csv_opens_in_an_indonesian_spreadsheet():
    made = documents.csv_text(
        ["Nama", "Nilai"], [["Ani; Budi", Decimal("1234.5")], ["-3", -3], [date(2025, 8, 7), NOW]]
    )
    assert made == (
        '\ufeffNama;Nilai\r\n"Ani; Budi";1234,5\r\n-3;-3\r\n2025-08-07;2025-08-07T14:32:00+07:00\r\n'
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("laporan\r\nSet-Cookie: x.pdf", "laporanSet-Cookie- x.pdf"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("con.pdf", "berkas.pdf"),
        ("", "berkas"),
        ("...", "berkas"),
        (".pdf", "berkas.pdf"),
        ("  laporan  akhir .pdf ", "laporan akhir.pdf"),
        ('a"b;c.pdf', "a-b-c.pdf"),
        ("surat édisi.pdf", "surat édisi.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_name_is_harmless_everywhere(name, safe):
    assert documents.safe_filename(name) == safe


def test_a_download_neither_runs_nor_stays_in_a_cache():
    response = documents.download("Laporan é.pdf", b"%PDF", documents.PDF)
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Laporan%20%C3%A9.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_a_seal_fits_only_its_own_facts():
    code = documents.seal_code("SK", "123", 2025)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert documents.seal_fits(code.lower().replace("-", " "), "SK", "123", 2025)
    assert not documents.seal_fits(code, "SK", "1232025")
    assert not documents.seal_fits(code, "SK12", "3", 2025)
    assert not documents.seal_fits("", "SK", "123", 2025)


def test_a_qr_code_stands_under_a_strict_policy():
    svg = documents.qr_svg("https://portal.example/periksa/1")
    assert svg.startswith("<svg")
    assert "style" not in svg
    assert "<title>Kode QR</title>" in svg
