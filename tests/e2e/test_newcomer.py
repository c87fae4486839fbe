"""Somebody new finds her way without JavaScript; somebody in danger leaves without a trace."""

import pytest

from tests.e2e.conftest import PHONE

HELP = ("/bantuan/", "/keamanan/", "/layanan/ppt-seruni/")


@pytest.fixture
def guest(visitor):
    """A phone whose browser runs no script."""
    return visitor(PHONE, scripts=False)


def test_a_newcomer_reads_the_pokja_finds_a_focal_point_and_an_activity(guest):
    page = guest.go("/")
    guest.check()
    about = page.get_by_role("navigation", name="Halaman PUG")
    page.get_by_role("link", name="Data & kegiatan PUG").first.click()
    guest.check()
    about.get_by_role("link", name="Pokja", exact=True).click()
    assert page.get_by_role("heading", name="Struktur Pokja PUG").is_visible()
    assert "Kepala Badan Perencanaan Pembangunan Daerah" in page.locator(".pokja-tree").inner_text()
    guest.check()
    about.get_by_role("link", name="Focal point", exact=True).click()
    guest.check()
    page.get_by_label("Nama lembaga, singkatan, atau nama orang").fill("dinkes")
    page.get_by_role("button", name="Cari").click()
    found = page.locator("main .ruled-list > li")
    assert found.count() == 1
    assert "Dinas Kesehatan" in found.inner_text()
    guest.check()
    about.get_by_role("link", name="Kegiatan", exact=True).click()
    guest.check()
    page.locator("main .ruled-list a, main article a").first.click()
    assert page.get_by_role("heading", level=1).is_visible()
    guest.check()


def test_the_finder_says_kindly_when_nobody_is_found(guest):
    guest.go("/pug/focal-point/?q=zzzz")
    assert guest.page.get_by_text("Tidak ada lembaga yang cocok").is_visible()
    guest.check()


@pytest.mark.parametrize("path", HELP)
def test_help_pages_are_silent_about_what_they_are(visitor, path):
    person = visitor(PHONE)
    page = person.go(path)
    assert page.title() == "Layanan Warga"
    assert "neutral" in page.locator("link[rel=icon]").get_attribute("href")
    person.check()
    assert {cookie["name"] for cookie in person.context.cookies()} <= {"csrf"}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def _is_gone(person) -> None:
    """She stands on the neutral page, it was not told where she came from, and Back shows no help."""
    person.page.wait_for_url("**/sehat/hidup")
    person.page.go_back(wait_until="commit")
    assert "kesalahan Anda" not in person.page.content()


def test_the_button_leaves_at_once_and_back_shows_nothing(visitor):
    person = visitor()
    person.go("/")
    referrers = []
    person.page.on(
        "request", lambda r: referrers.append(r.headers.get("referer")) if "/sehat/" in r.url else None
    )
    person.go("/bantuan/")
    person.page.get_by_role("button", name="Keluar cepat").last.click()
    _is_gone(person)
    assert referrers[0] is None


def test_three_times_shift_leaves(visitor):
    person = visitor()
    person.go("/")
    person.go("/bantuan/")
    for _ in range(3):
        person.page.keyboard.press("Shift")
    _is_gone(person)


def test_the_first_stop_of_the_tab_key_leaves_too(visitor):
    person = visitor()
    person.go("/")
    person.go("/layanan/ppt-seruni/")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/sehat/hidup")


def test_without_script_the_button_leaves_too(guest):
    guest.go("/bantuan/")
    guest.page.get_by_role("button", name="Keluar cepat").last.click()
    guest.page.wait_for_url("**/sehat/hidup")
    guest.page.go_back(wait_until="commit")
    assert guest.page.title() in ("Layanan Warga", "Memuat"), "what is left has a neutral name"


def test_help_pages_are_kept_by_no_cache(visitor):
    person = visitor()
    for path in HELP:
        answer = person.context.request.get(person.portal.url + path)
        assert "no-store" in answer.headers["cache-control"]


def test_the_way_of_a_stranger_ends_at_the_login(visitor):
    person = visitor()
    for path in ("/kerja/", "/kerja/seruni/aduan/", "/kelola/", "/kerja/akun/"):
        person.go(path)
        assert person.page.get_by_role("heading", name="Masuk petugas").is_visible()
    person.check()


def test_a_missing_page_shows_the_way_back(visitor):
    person = visitor(PHONE)
    person.go("/tidak-ada/")
    person.complaints.clear()  # the browser itself notes the 404
    assert person.page.get_by_role("link", name="Beranda").first.is_visible()
    person.check()
