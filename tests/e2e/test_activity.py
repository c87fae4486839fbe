"""An activity is proposed, approved, announced, filled with people, counted, and read by everybody."""

import re

import pytest

from pug_portal.core import clock
from tests.e2e.conftest import PHONE

TITLE = "Sosialisasi PUG bagi pengurus posyandu (uji)"
PEOPLE = [("Wening Astuti (fiktif)", "Perempuan"), ("Bagus Prasetya (fiktif)", "Laki-laki")]


@pytest.fixture(scope="module")
def told():
    return {}


def test_a_focal_point_proposes(visitor, told):
    focal = visitor(as_="focal.dinkes")
    focal.go("/kerja/kegiatan/usul/")
    focal.check()
    _fill(focal.page)
    focal.page.locator("main form").get_by_role("button").first.click()
    focal.page.get_by_role("heading", level=1, name=TITLE).wait_for()
    told["path"] = re.sub(r"^https?://[^/]+", "", focal.page.url)
    focal.check()
    focal.press("Ajukan ke sekretariat")
    focal.page.get_by_text("Ajukan usulan ini ke sekretariat Pokja?").wait_for()
    focal.check()
    focal.press("Ajukan")
    focal.page.get_by_text("Menunggu persetujuan").first.wait_for()
    focal.check()


def _fill(page) -> None:
    page.get_by_label("Nama kegiatan").fill(TITLE)
    page.get_by_label("Jenis", exact=True).select_option(index=1)
    page.get_by_label("Tema", exact=True).select_option(index=1)
    page.get_by_label("Tanggal", exact=True).fill(clock.today().strftime("%d/%m/%Y"))
    page.get_by_label("Jam mulai").fill("0.05")
    page.get_by_label("Jam selesai").fill("2355")
    page.locator("input[name=place]").fill("Balai Kelurahan Tembalang")
    page.get_by_label("Program dan kegiatan").fill("Kesetaraan gender")
    page.get_by_label("Maksud dan tujuan").fill("Pengurus posyandu memahami PUG")
    page.get_by_label("Sasaran kegiatan").fill("40 pengurus posyandu")


def test_a_proposal_with_holes_comes_back_with_what_was_typed(visitor):
    focal = visitor(as_="focal.dinkes")
    focal.go("/kerja/kegiatan/usul/")
    focal.page.get_by_label("Nama kegiatan").fill("Hanya nama")
    focal.page.get_by_label("Tanggal", exact=True).fill("31 Februari 2026")
    focal.page.locator("main form").get_by_role("button").first.click()
    focal.page.locator("[data-error-summary]").wait_for()
    assert focal.page.title().startswith("Galat: ")
    assert focal.page.get_by_label("Nama kegiatan").input_value() == "Hanya nama"
    focal.check()


def test_the_secretariat_approves_and_announces(visitor, told):
    desk = visitor(as_="sekretariat")
    row = desk.page.locator("li", has=desk.page.get_by_role("link", name=TITLE, exact=True))
    row.get_by_role("link").last.click()
    desk.page.get_by_role("heading", name=TITLE).wait_for()
    desk.check()
    desk.press("Telaah usulan")
    desk.page.get_by_role("button", name="Setujui", exact=True).wait_for()
    desk.check()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("a")
    desk.go(told["path"])
    assert desk.page.get_by_text("Disetujui").first.is_visible()
    desk.check()
    desk.press("Umumkan")
    desk.page.get_by_role("heading", name="Umumkan kegiatan").wait_for()
    desk.check()
    desk.page.locator("main form").get_by_role("button").first.click()
    desk.page.get_by_role("link", name="Lihat seperti warga").wait_for()
    told["public"] = desk.page.get_by_role("link", name="Lihat seperti warga").get_attribute("href")
    desk.check()


def test_everybody_reads_it_and_takes_the_date_along(visitor, told):
    guest = visitor(PHONE, scripts=False)
    guest.go("/kegiatan/")
    guest.page.get_by_role("link", name=TITLE).first.click()
    assert guest.page.get_by_role("heading", level=1, name=TITLE).is_visible()
    guest.check()
    for path in (f"{told['public']}kalender.ics", "/kegiatan/kalender.ics"):
        answer = guest.context.request.get(guest.portal.url + path)
        assert answer.headers["content-type"].startswith("text/calendar")
        assert "BEGIN:VEVENT" in answer.text()
        assert f"DTSTART;TZID=Asia/Jakarta:{clock.today():%Y%m%d}T000500" in answer.text()


def test_people_are_put_on_the_list(visitor, told):
    desk = visitor(as_="sekretariat")
    for name, sex in PEOPLE:
        desk.go(told["path"] + "peserta/daftar/")
        desk.page.get_by_label("Nama lengkap").fill(name)
        desk.page.get_by_label(sex, exact=True).check()
        with desk.page.expect_navigation():
            desk.press("Simpan")
    desk.check()
    desk.go(told["path"] + "peserta/")
    desk.check()
    for name, _ in PEOPLE:
        assert name in desk.page.locator("main table").inner_text()
    told["code"] = desk.page.locator("main table code").first.inner_text()
    told["name"] = desk.page.locator("main table tbody th").first.inner_text()


def test_a_code_marks_a_person_present_once(visitor, told):
    desk = visitor(PHONE, as_="sekretariat")
    desk.go(told["path"] + "presensi/")
    desk.check()
    for word, code in (("HADIR", told["code"]), ("SUDAH HADIR", told["code"]), ("TIDAK TERDAFTAR", "ZZZZZZ")):
        desk.page.locator("form.checkin input[type=text], form.checkin input[type=search]").first.fill(code)
        with desk.page.expect_navigation():
            desk.press("Catat hadir")
        assert desk.page.locator(".scan b").inner_text().strip().startswith(word)
        desk.check()
    assert "1 orang hadir" in desk.page.locator(".lead").inner_text()


def test_who_runs_no_activity_cannot_open_its_list(visitor, told):
    stranger = visitor(as_="mitra")
    answer = stranger.context.request.get(f"{stranger.portal.url}{told['path']}peserta/")
    assert answer.status in (403, 404)
