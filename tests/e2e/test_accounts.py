"""An invited person opens her account, guards it by a second step, and is never surprised by its end."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

PASSWORD = "kopi gula aren senja"
NEWCOMER = "rini.uji"


def one_time_code(secret: str, step: int = 0) -> str:
    """Return the six digits of RFC 6238 for now, or for `step` half minutes later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture(scope="module")
def told():
    return {}


def test_the_secretariat_invites_and_the_link_can_be_handed_over(visitor, told):
    desk = visitor(as_="sekretariat")
    desk.go("/kerja/akun/undang/")
    desk.check()
    page = desk.page
    page.get_by_label("Nama lengkap").fill("Rini Uji (fiktif)")
    page.get_by_label("Surel kantor").fill("rini@peraga.test")
    page.get_by_label("Nama pengguna").fill(NEWCOMER)
    page.get_by_label("Peran").select_option(label="Focal Point")
    page.get_by_label("Lembaga").select_option(label="Dinas Sosial")
    desk.press("Kirim undangan")
    page.get_by_role("heading", name="Undangan untuk Rini Uji (fiktif)").wait_for()
    told["link"] = page.locator("main code").inner_text()
    assert page.locator(".qr svg").is_visible()
    desk.check()


def test_the_invited_person_chooses_a_password_and_signs_in(visitor, told):
    new = visitor()
    new.page.goto(told["link"])
    new.check()
    new.page.get_by_label("Kata sandi", exact=True).fill("123456789012")
    new.page.get_by_label("Ulangi kata sandi").fill("123456789012")
    new.press("Buka akun")
    new.page.locator("[data-error-summary]").wait_for()
    new.check()
    new.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    new.page.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    new.press("Buka akun")
    if "/login/" in new.page.url or new.page.get_by_role("heading", name="Masuk petugas").count():
        new.log_in(NEWCOMER, PASSWORD)
    new.go("/kerja/")
    assert "Dinsos" in new.page.locator("main").inner_text()
    new.check()


def test_the_link_opens_once(visitor, told):
    late = visitor()
    late.page.goto(told["link"])
    late.complaints.clear()  # a used link answers 410, which the browser notes
    assert late.page.get_by_role("heading", name="Tautan ini tidak berlaku lagi").is_visible()
    late.check()


def test_wrong_passwords_are_answered_alike_for_everybody(visitor):
    answers = []
    for name in (NEWCOMER, "tidak.ada"):
        person = visitor()
        person.go("/akun/login/")
        person.page.get_by_label("Surel atau nama pengguna").fill(name)
        person.page.get_by_label("Kata sandi", exact=True).fill("bukan kata sandinya")
        person.press("Masuk")
        person.page.locator("[data-error-summary]").wait_for()
        answers.append(person.page.locator("[data-error-summary]").inner_text())
        person.check()
    assert answers[0] == answers[1]


def test_a_second_step_is_set_up_and_asked_for(visitor, told):
    new = visitor()
    new.log_in(NEWCOMER, PASSWORD)
    new.go("/akun/2fa/")
    new.check()
    new.press("Aktifkan")
    _confirm_it_is_her(new, PASSWORD)
    new.page.get_by_role("heading", name="Aktifkan aplikasi autentikator").wait_for()
    secret = new.page.locator("main code").inner_text()
    new.check()
    new.page.locator("input[name=code]").fill(one_time_code(secret))
    new.press("Aktifkan")
    new.page.wait_for_url("**/recovery-codes/")
    new.check()
    _sign_out(new)
    new.log_in(NEWCOMER, PASSWORD)
    new.page.get_by_role("heading", name="Satu langkah lagi").wait_for()
    new.check()
    new.page.locator("input[name=code]").fill("000000")
    new.press("Masuk")
    new.page.locator("[data-error-summary]").wait_for()
    new.page.locator("input[name=code]").fill(one_time_code(secret, step=1))
    new.press("Masuk")
    new.page.wait_for_url("**/kerja/**")


def _confirm_it_is_her(person, password: str) -> None:
    """Close to her factors she is asked for the password once more, unless that was a moment ago."""
    if person.page.get_by_role("heading", name="Pastikan ini Anda").count():
        person.check()
        person.page.locator("input[name=password]").fill(password)
        person.press("Lanjut")


def _sign_out(person) -> None:
    person.go("/kerja/")
    person.page.locator("details.account summary").click()
    person.press("Keluar")
    person.page.wait_for_url(person.portal.url + "/")


def test_a_passkey_opens_the_portal_without_a_password(visitor):
    officer = visitor()
    # Keys belong to a name, never to a number: the same machine by its name.
    _give_authenticator(officer)
    base = officer.portal.url.replace("127.0.0.1", "localhost")
    officer.page.goto(base + "/akun/login/")
    officer.page.locator("input[name=login]").fill("ketua")
    officer.page.locator("input[name=password]").fill(officer.portal.passwords["ketua"])
    officer.press("Masuk")
    officer.page.wait_for_url("**/kerja/**")
    officer.page.goto(base + "/akun/2fa/webauthn/add/")
    _confirm_it_is_her(officer, officer.portal.passwords["ketua"])
    officer.page.get_by_role("heading", name="Tambah kunci").wait_for()
    officer.check()
    officer.page.locator("input[name=name]").fill("ponsel uji")
    if officer.page.locator("input[name=passwordless]").count():
        officer.page.locator("input[name=passwordless]").check()
    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name="Tambah").click()
    officer.context.clear_cookies()
    officer.page.goto(base + "/akun/login/")
    officer.press("Masuk dengan kunci sandi")
    officer.page.wait_for_url("**/kerja/**")
    officer.check()


def _give_authenticator(person) -> None:
    """Put a virtual security key with a fingerprint reader into the browser."""
    wire = person.context.new_cdp_session(person.page)
    wire.send("WebAuthn.enable")
    abilities = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": abilities})


def test_a_silent_session_asks_first_and_then_ends(visitor):
    desk = visitor(as_="timteknis")
    desk.page.clock.install()
    desk.go("/kerja/")
    desk.page.clock.run_for(26 * 60 * 1000)
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Tetap masuk").wait_for()
    assert "Sesi berakhir dalam" in dialog.inner_text()
    assert desk.page.evaluate("document.activeElement.textContent") == "Tetap masuk"
    desk.press("Tetap masuk")
    dialog.wait_for(state="detached")
    with desk.page.expect_request("**/akun/login/?next=%2Fkerja%2F"):
        desk.page.clock.run_for(31 * 60 * 1000)


def test_a_person_sends_her_other_devices_away(visitor):
    one, other = visitor(), visitor()
    for device in (one, other):
        device.log_in("auditor", device.portal.passwords["auditor"])
    one.go("/akun/sessions/")
    one.check()
    one.press("Keluarkan perangkat lain")
    one.page.get_by_text("Perangkat ini").wait_for()
    assert one.page.get_by_role("button", name="Keluarkan").count() == 0
    one.check()
    other.go("/kerja/")
    assert other.page.get_by_role("heading", name="Masuk petugas").is_visible()
