"""A duty report on a phone: logged, returned at a field, repaired, approved, and seen by the head."""

import random
from io import BytesIO

import pytest
from PIL import Image

from pug_portal.core import clock
from tests.e2e.conftest import PHONE

TITLE, NOTE = "Penyuluhan PUG di Puskesmas Halmahera", "Sebut dulu berapa yang berjanji menindaklanjuti."
RESULT = "Peserta menyusun tiga janji kerja."
LETTER = "Pelatihan dan sosialisasi"


class Thumb:
    """A thumb on a phone: counts its taps; typing is not counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, target) -> None:
        target.tap()
        self.taps += 1

    def write(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        self.tap(box)
        box.fill(text)


@pytest.fixture(scope="module")
def told():
    return {}


def _head_sees(visitor) -> tuple[int, str]:
    """Return how many reports are approved, and this month in the bar of the year."""
    head = visitor(as_="kepala.dinkes")
    head.check()
    tile = head.page.locator(".tile", has_text="laporan disetujui")
    month = head.page.locator(".year-bar li", has_text=clock.MONTHS_SHORT[clock.today().month - 1])
    return int(tile.locator("b").inner_text()), month.inner_text()


def _photo() -> dict:
    """A photo as a telephone makes it: far more than the portal wants."""
    noise = random.Random(1).randbytes(1600 * 1200 * 3)
    out = BytesIO()
    Image.frombytes("RGB", (1600, 1200), noise).save(out, "JPEG", quality=90)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_focal_point_logs_a_report_in_ten_taps(visitor, told):
    told["before"] = _head_sees(visitor)
    phone = visitor(PHONE, as_="focal.dinkes", has_touch=True, is_mobile=True)
    phone.check()
    page, thumb = phone.page, Thumb(phone.page)
    thumb.tap(page.get_by_role("link", name="Lapor sekarang"))
    page.get_by_role("heading", name="Lapor sekarang").wait_for()
    phone.check()
    thumb.tap(page.get_by_label(LETTER))
    thumb.write("Kegiatan", TITLE)
    thumb.write("Tempat", "Puskesmas Halmahera")
    thumb.write("Peserta perempuan", "24")
    thumb.write("Peserta laki-laki", "17")
    thumb.write("Hasil", RESULT)
    photo = _photo()
    assert len(photo["buffer"]) > 600_000
    page.locator("input[type=file]").set_input_files([photo])
    thumb.taps += 1
    page.get_by_text("1 berkas siap dikirim").wait_for()
    small = page.locator("input[type=file]").evaluate("input => input.files[0].size")
    assert small <= 600_000
    thumb.tap(page.get_by_role("button", name="Kirim ke sekretariat"))
    page.get_by_role("heading", name=TITLE).wait_for()
    assert thumb.taps <= 10
    told["path"] = page.url.removeprefix(phone.portal.url)
    assert page.locator("main").get_by_text("Diajukan").first.is_visible()
    phone.check()


def test_mistakes_come_back_with_everything_typed(visitor):
    phone = visitor(PHONE, as_="focal.dinkes")
    phone.go("/kerja/focal-point/lapor/?kosong=1")
    phone.page.get_by_label("Kegiatan", exact=True).fill("Hanya judul")
    phone.page.get_by_label("Peserta perempuan").fill("banyak")
    phone.press("Kirim ke sekretariat")
    phone.page.locator("[data-error-summary]").wait_for()
    assert phone.page.title().startswith("Galat: ")
    assert phone.page.get_by_label("Kegiatan", exact=True).input_value() == "Hanya judul"
    assert phone.page.get_by_label("Peserta perempuan").input_value() == "banyak"
    phone.check()


def test_the_secretariat_returns_it_at_a_field_by_keys(visitor, told):
    desk = visitor(as_="sekretariat")
    desk.check()
    pk = told["path"].rstrip("/").rpartition("/")[2]
    desk.go(f"/kerja/focal-point/telaah/{pk}/")
    assert desk.page.get_by_role("heading", name=TITLE).is_visible()
    desk.check()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("r")
    desk.check()
    _return_with_reason(desk.page.keyboard)
    desk.page.get_by_role("button", name="Urungkan").wait_for()
    desk.check()


def _return_with_reason(keyboard) -> None:
    """Past the skip link and the way back to the ready reasons; the third is about the result."""
    for key in ("Tab", "Enter", "Tab", "Tab", "Tab", "3", "Control+Enter"):
        keyboard.press(key)


def test_the_focal_point_finds_the_field_repairs_it_and_sends_again(visitor, told):
    phone = visitor(PHONE, as_="focal.dinkes")
    row = phone.page.locator("li", has=phone.page.get_by_role("link", name=TITLE, exact=True))
    row.get_by_role("link", name="Perbaiki").click()
    phone.page.get_by_role("heading", name="Perbaiki laporan").wait_for()
    marked = phone.page.locator("form .priority--wait")
    assert marked.count() == 1
    assert "Catatan sekretariat" in marked.inner_text()
    phone.check()
    assert marked.get_by_label("Hasil").input_value() == RESULT
    marked.get_by_label("Hasil").fill(f"{RESULT} {NOTE}")
    phone.press("Kirim ke sekretariat")
    phone.page.get_by_role("heading", name=TITLE).wait_for()
    assert phone.page.locator("main").get_by_text("Diajukan").first.is_visible()
    phone.check()


def test_one_key_approves_and_the_head_sees_it(visitor, told):
    desk = visitor(as_="sekretariat")
    desk.go(told["path"])
    assert NOTE in desk.page.locator("main").inner_text()
    desk.check()
    desk.press("Telaah")
    desk.page.get_by_role("heading", name=TITLE).wait_for()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("a")
    approved, month = _head_sees(visitor)
    before, month_before = told["before"]
    assert approved == before + 1
    assert "isetujui" in month
    assert month != month_before, "the bar of the year has changed"


def test_the_head_reads_no_draft_of_another_agency(visitor):
    head = visitor(as_="kepala.dinkes")
    other = visitor(as_="focal.disdik")
    other.go("/kerja/focal-point/")
    path = other.page.locator("main a[href*='/laporan/']").first.get_attribute("href")
    answer = head.context.request.get(head.portal.url + path)
    assert answer.status in (403, 404)


def test_the_board_of_all_agencies_can_be_read(visitor):
    desk = visitor(as_="sekretariat")
    desk.go("/kerja/focal-point/papan/")
    desk.check()
    assert desk.page.locator("table tbody tr").count() >= 50
