"""A whole portal on this machine with a little demonstration data, and a browser to walk through it.

The portal runs as its users get it: migrated, seeded, served by gunicorn in processes of its own.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import ROOT, envfile

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, PHONE, NARROW = (1366, 768), (360, 740), (320, 640)
# The administration is Django's own markup: held to the law's level, not to advice beyond it.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


@dataclass
class Portal:
    """A running portal: its address and the passwords of its fictional people."""

    url: str
    passwords: dict[str, str]
    environ: dict[str, str]
    signed_in: dict[str, list] = field(default_factory=dict)

    def manage(self, *words: str) -> str:
        """Run a management command against this portal and return what it printed."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environ, check=True, capture_output=True, text=True
        ).stdout


def _world(folder: Path, port: int) -> dict[str, str]:
    envfile.write_keyring(folder / "keys" / "keyring.json")
    (folder / "data").mkdir()
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "pug_portal.settings",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "CSRF_TRUSTED_ORIGINS": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/data/portal.sqlite3",
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_KEYRING_FILE": str(folder / "keys" / "keyring.json"),
        # Another origin on the same machine, as a neutral page of somebody else would be.
        "EXIT_TARGET": f"http://localhost:{port}/sehat/hidup",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _passwords(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {words[-2]: words[-1] for words in (re.split(r"\s+", line.strip()) for line in lines)}


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("portal"), _free_port()
    accounts = folder / "accounts.txt"
    running = Portal(f"http://127.0.0.1:{port}", {}, _world(folder, port))
    running.manage("migrate", "-v0")
    running.manage("createcachetable")
    running.manage("seed", "--demo", "--accounts", str(accounts), "--scale", "0.05")
    running.passwords = _passwords(accounts)
    with serving(running):
        yield running


@contextmanager
def serving(running: Portal):
    """Serve a portal's world by gunicorn until the block ends."""
    port = running.url.rpartition(":")[2]
    command = [sys.executable, "-m", "gunicorn", "pug_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--worker-class", "gthread", "--workers", "1", "--threads", "4"],
        cwd=ROOT,
        env=running.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in server.stderr:
        said.append(line)
        if "Booting worker" in line:
            break
    else:
        raise RuntimeError("".join(said))
    # Somebody must go on listening, or a talkative server waits for ever.
    threading.Thread(target=server.stderr.read, daemon=True).start()
    try:
        yield running
    finally:
        server.terminate()
        server.wait(timeout=15)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@dataclass
class Visitor:
    """Somebody at a screen: a page of her own, and what the browser complained about."""

    page: Page
    context: BrowserContext
    portal: Portal
    complaints: list[str] = field(default_factory=list)
    # The checker is a script: where none may run, somebody else looks at the same address.
    stand_in: "Visitor | None" = None

    def hear(self, message) -> None:
        # A form with mistakes answers 422 by design (house rule); Chromium mentions it on the console.
        if message.type == "error" and "status of 422" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.portal.url + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Sign in through the login page, as everybody does; the second time with the same session.

        The sessions are shared, because thirty logins a quarter of an hour are the limit of an address.
        """
        if username not in self.portal.signed_in:
            self.log_in(username, self.portal.passwords[username])
            self.portal.signed_in[username] = self.context.cookies()
        self.context.add_cookies(self.portal.signed_in[username])
        return self.go("/kerja/")

    def log_in(self, username: str, password: str) -> Page:
        self.go("/akun/login/")
        self.page.get_by_label("Surel atau nama pengguna").fill(username)
        self.page.get_by_label("Kata sandi", exact=True).fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile("/kerja/|/akun/2fa/"))
        return self.page

    def press(self, words: str) -> Page:
        """Press the button or follow the link with exactly these words."""
        self.page.get_by_role("button", name=words, exact=True).or_(
            self.page.get_by_role("link", name=words, exact=True)
        ).first.click()
        return self.page

    def check(self) -> None:
        """Assert what every screen promises: accessible, silent console, no sideways scrolling."""
        if self.stand_in:
            self.stand_in.page.goto(self.page.url)
            return self.stand_in.check()
        here = self.page.url
        assert self.complaints == [], f"{here}: {self.complaints}"
        self.page.evaluate(AXE)
        rules = {"runOnly": WCAG} if "/kelola/" in here else {}
        found = self.page.evaluate(
            "o => axe.run({resultTypes: ['violations'], preload: false, ...o})", rules
        )["violations"]
        # What the checker itself tries against the content policy is not the page's complaint.
        self.complaints.clear()
        problems = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
        assert problems == [], f"{here}: {problems}"
        assert (wide := self.width()) <= NARROW[0], f"{here} is {wide} px wide on a {NARROW[0]} px screen"

    def width(self) -> int:
        """Return how wide the page is on the narrowest screen."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(before)
        return wide


@pytest.fixture
def visitor(portal, browser: Browser):
    """Make a visitor: visitor(), visitor(PHONE), visitor(scripts=False), visitor(as_="petugas")."""
    contexts = []

    def make(size=DESKTOP, *, scripts: bool = True, as_: str = "", **options) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        one = Visitor(page, context, portal)
        page.on("console", one.hear)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        if not scripts:
            one.stand_in = make(size)
        if as_:
            one.sign_in(as_)
        return one

    yield make
    for context in contexts:
        context.close()
