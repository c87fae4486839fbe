"""Sixty agencies come in by a sheet: bad cells are named, nothing half-applied, all can be undone."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

REGISTER = "/kelola/institutions/institution/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# cell -> what somebody typed there
BAD = {"D14": "Dinaz", "J23": "31 Februari 2026", "F41": "Kecamatan Antah Berantah"}


@pytest.fixture
def admin(visitor):
    return visitor(as_="admin")


def _agencies(admin) -> list[list]:
    """The portal's own empty sheet, filled with a heading and sixty rows."""
    answer = admin.context.request.get(f"{admin.portal.url}{REGISTER}import/templat/")
    heads = [cell.value for cell in load_workbook(BytesIO(answer.body())).active[1]]
    rows = [
        {
            "Nama resmi": f"Paguyuban Uji {number:02}",
            "Jenis": "Lembaga masyarakat",
            "Wilayah": "Mijen",
            "Berlaku mulai": "17 Agustus 2025",
            "Nama sudah diperiksa": "ya",
        }
        for number in range(1, 61)
    ]
    return [heads, *([row.get(head, "") for head in heads] for row in rows)]


def _sheet(rows: list[list], changes: dict[str, str]) -> dict:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, text in changes.items():
        book.active[cell] = text
    out = BytesIO()
    book.save(out)
    return {"name": "lembaga.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


def _upload(admin, sheet: dict) -> None:
    admin.go(REGISTER + "import/")
    admin.page.locator("input[type=file]").set_input_files([sheet])
    admin.page.get_by_label("Jenis berkas").select_option(label="xlsx")
    with admin.page.expect_navigation():
        admin.page.get_by_role("button", name="Lihat dulu").click()


def _how_many(admin) -> int:
    admin.go(REGISTER + "?q=Paguyuban+Uji")
    return admin.page.locator("#result_list tbody tr").count()


def test_the_bad_cells_are_named_and_nothing_is_written(admin):
    admin.go(REGISTER + "import/")
    admin.check()
    _upload(admin, _sheet(_agencies(admin), BAD))
    told = admin.page.locator("table.import-preview tbody")
    assert told.locator("tr").count() == 3
    for cell in BAD:
        assert f"Sel {cell}" in told.inner_text()
    assert admin.page.get_by_role("button", name="Simpan impor ini").count() == 0
    admin.check()
    assert _how_many(admin) == 0


def test_the_corrected_sheet_comes_in_after_a_look_and_can_be_undone(admin):
    _upload(admin, _sheet(_agencies(admin), {}))
    seen = admin.page.locator("table.import-preview tbody tr")
    assert seen.count() == 60
    assert seen.first.locator("th").inner_text() == "baru"
    admin.check()
    admin.press("Simpan impor ini")
    assert "60 baris baru" in admin.page.locator(".messagelist").inner_text()
    admin.check()
    assert _how_many(admin) == 50, "the first page of the list"
    admin.go(REGISTER + "import/")
    admin.press("Batalkan impor ini")
    admin.check()
    admin.press("Batalkan impor ini")
    assert "Data kembali seperti sebelumnya" in admin.page.locator(".messagelist").inner_text()
    assert _how_many(admin) == 0


def test_a_file_that_is_no_sheet_is_refused_in_plain_words(admin):
    _upload(admin, {"name": "lembaga.xlsx", "mimeType": XLSX, "buffer": b"bukan lembar kerja"})
    assert "Simpan ulang, lalu kirim lagi" in admin.page.locator("#content").inner_text()
    admin.check()


def test_who_may_not_import_is_not_led_there(visitor):
    focal = visitor(as_="focal.dinkes")
    answer = focal.context.request.get(f"{focal.portal.url}{REGISTER}import/")
    assert answer.status == 403
