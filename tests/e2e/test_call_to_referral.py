"""A call at the desk becomes a case, is referred to a partner, and the partner's news comes home."""

from dataclasses import dataclass

import pytest

from tests.e2e.conftest import PHONE

NAME, STORY, REQUEST = "Kenanga Wijayanti", "Kunci pintu diganti semalam.", "Pemeriksaan luka ringan."
PARTNER = "RSD K.R.M.T. Wongsonegoro"


@dataclass
class Keyboard:
    """Hands on a keyboard: counts what is pressed to get somewhere and what is typed."""

    page: object
    pressed: int = 0
    typed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed += len(text)

    def leave_by(self, key: str) -> None:
        """Press a key that leads to another page and wait for it."""
        with self.page.expect_navigation():
            self.press(key)


@pytest.fixture(scope="module")
def told():
    """What the journey hands on from one step to the next: codes."""
    return {}


def test_the_desk_writes_the_first_card_without_a_mouse(visitor, told):
    desk = visitor(as_="petugas")
    before = _waiting(desk)
    keys = Keyboard(desk.page)
    keys.leave_by("/")
    keys.type("Ningrumwati")
    keys.leave_by("Enter")
    desk.check()
    assert desk.page.get_by_text("Belum ada kartu atau kasus yang cocok").is_visible()
    keys.leave_by("Enter")
    assert desk.page.get_by_label("Nama panggilan").input_value() == "Ningrumwati"
    desk.check()
    _answer_five(keys)
    keys.leave_by("Control+Enter")
    told["complaint"] = desk.page.locator(".reference__code").inner_text().strip()
    desk.check()
    assert told["complaint"].startswith("ADU-")
    assert keys.pressed <= 22
    assert keys.typed <= 110
    desk.go("/kerja/")
    assert _waiting(desk) == before + 1
    desk.check()


def _answer_five(keys: Keyboard) -> None:
    """Safe to talk, danger, who calls, what is needed, what was said."""
    keys.press("1", "Tab", "2", "Tab")
    keys.type("Ia sen")
    keys.press("Tab", "1", "Tab")
    keys.type(STORY)


def _waiting(desk) -> int:
    block = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Aduan menunggu triase"))
    return int(block.locator(".attention__count b").inner_text())


def test_a_card_without_answers_says_what_is_missing(visitor):
    desk = visitor(as_="petugas")
    desk.go("/kerja/seruni/kartu/")
    desk.page.keyboard.press("Control+Enter")
    summary = desk.page.locator("[data-error-summary]")
    summary.wait_for()
    assert desk.page.title().startswith("Galat: ")
    assert summary.evaluate("node => node === document.activeElement")
    assert summary.get_by_role("link").count() == 5
    desk.check()


def test_triage_registers_the_case(visitor, told):
    desk = visitor(as_="petugas")
    desk.go(f"/kerja/seruni/aduan/{told['complaint']}/")
    desk.check()
    assert STORY not in desk.page.locator("main").inner_text(), "the story is folded until asked for"
    desk.press("Triase")
    desk.check()
    desk.page.get_by_label("Menjadi kasus").check()
    desk.page.get_by_role("group", name="Risiko awal").get_by_label("Sedang").check()
    desk.page.get_by_label("Alasan", exact=True).fill("Ada kekerasan dan ia minta bantuan.")
    desk.press("Simpan triase")
    desk.page.wait_for_url("**/daftar/")
    desk.check()
    _register(desk.page)
    desk.page.wait_for_url("**/kasus/SRN-*/")
    told["case"] = desk.page.url.rstrip("/").rpartition("/")[2]
    desk.check()


def _register(page) -> None:
    page.get_by_label("Kategori").select_option(label="Kekerasan dalam rumah tangga")
    page.get_by_role("group", name="Bentuk kekerasan").get_by_label("Fisik").check()
    page.get_by_role("group", name="Boleh kami hubungi?").get_by_label("Tidak", exact=True).check()
    page.get_by_label("Umur atau tanggal lahir").fill("34")
    page.get_by_label("Kelurahan tempat tinggal").fill("Tanjung Mas")
    page.get_by_label("Nama lengkap").fill(NAME)
    page.get_by_label("Nama panggilan").fill("Ken")
    page.get_by_role("button", name="Daftarkan kasus").click()


def test_the_page_of_a_case_keeps_the_name_closed(visitor, told):
    desk = visitor(as_="petugas")
    desk.go(f"/kerja/seruni/kasus/{told['case']}/")
    assert NAME not in desk.page.content()


def test_consent_comes_before_sharing(visitor, told):
    desk = visitor(as_="petugas")
    desk.go(f"/kerja/seruni/kasus/{told['case']}/rujuk/")
    desk.check()
    _ask(desk.page)
    desk.page.locator("[data-error-summary]").wait_for()
    assert desk.page.get_by_text("Belum ada persetujuan berbagi dengan").first.is_visible()
    desk.check()


def test_consent_then_a_preview_then_the_referral(visitor, told):
    desk = visitor(as_="petugas")
    desk.go(f"/kerja/seruni/kasus/{told['case']}/persetujuan/?tujuan=rujukan")
    desk.check()
    page = desk.page
    page.get_by_label("Lembaga penerima").select_option(label=_choice(page, "Lembaga penerima"))
    desk.press("Simpan persetujuan")
    page.wait_for_url("**/kasus/SRN-*/")
    desk.go(f"/kerja/seruni/kasus/{told['case']}/rujuk/")
    _ask(page)
    page.get_by_role("heading", name="Periksa sebelum dikirim").wait_for()
    shown = page.locator("main dl").inner_text()
    desk.check()
    assert REQUEST in shown
    assert "Nama lengkap" not in shown
    assert NAME not in page.content()
    desk.press("Kirim rujukan")
    page.wait_for_url("**/rujukan-keluar/RUJ-*/")
    told["referral"] = page.url.rstrip("/").rpartition("/")[2]
    desk.check()


def _choice(page, label: str) -> str:
    return next(o for o in page.get_by_label(label).locator("option").all_inner_texts() if PARTNER in o)


def _ask(page) -> None:
    page.get_by_label("Layanan yang diminta").select_option(value="VISUM")
    page.get_by_label("Lembaga tujuan").select_option(label=_choice(page, "Lembaga tujuan"))
    page.get_by_label("Yang diminta dari lembaga ini").fill(REQUEST)
    page.get_by_role("button", name="Lihat yang akan dibagikan").click()


def test_the_partner_sees_a_teaser_accepts_and_then_only_what_was_agreed(visitor, told):
    partner = visitor(PHONE, as_="mitra")
    partner.check()
    partner.go("/kerja/seruni/rujukan/")
    partner.check()
    partner.page.locator(f"a[href*='{told['referral']}']").click()
    partner.check()
    for secret in (NAME, STORY, REQUEST, told["case"], "Ken<"):
        assert secret not in partner.page.content()
    assert "Semarang Utara" in partner.page.locator("main").inner_text()
    partner.press("Terima")
    partner.page.get_by_role("heading", name="Yang disetujui untuk dibagikan").wait_for()
    partner.check()
    agreed = partner.page.locator("main dl").last.inner_text()
    assert REQUEST in agreed
    assert "Ken" in agreed
    for secret in (NAME, STORY, told["case"], told["complaint"]):
        assert secret not in partner.page.content()


def test_the_partner_reaches_neither_the_case_nor_the_complaint(visitor, told):
    partner = visitor(PHONE, as_="mitra")
    for path in (f"kasus/{told['case']}/", f"aduan/{told['complaint']}/", "cari/", "aduan/"):
        answer = partner.context.request.get(f"{partner.portal.url}/kerja/seruni/{path}")
        assert answer.status in (403, 404)


def test_the_partner_reports_back_in_four_answers(visitor, told):
    partner = visitor(PHONE, as_="mitra")
    partner.go(f"/kerja/seruni/rujukan/{told['referral']}/")
    partner.press("Beri kabar (4 pertanyaan)")
    partner.check()
    page = partner.page
    page.get_by_role("group", name="Apakah ia hadir?").get_by_label("Hadir", exact=True).check()
    page.get_by_label("Layanan selesai diberikan").check()
    page.get_by_role("group", name="Perlu layanan lanjutan?").get_by_label("Tidak", exact=True).check()
    page.get_by_label("Yang perlu diketahui pendamping").fill("Surat visum sudah jadi.")
    partner.press("Kirim kabar")
    page.wait_for_url(f"**/rujukan/{told['referral']}/")
    assert REQUEST not in page.content(), "a finished request closes again"
    partner.check()


def test_the_home_of_the_sender_tells_the_news_until_it_is_read(visitor, told):
    desk = visitor(as_="petugas")
    row = desk.page.locator("li", has=desk.page.locator(f"a[href*='{told['referral']}']"))
    assert "memberi kabar" in row.inner_text()
    row.get_by_role("link").first.click()
    assert desk.page.get_by_text("Surat visum sudah jadi.").is_visible()
    desk.check()
    desk.press("Sudah saya baca")
    desk.go("/kerja/")
    assert desk.page.locator(f"a[href*='{told['referral']}']").count() == 0
