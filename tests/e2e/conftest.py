"""A whole portal on this machine with a little demonstration data, and a browser to walk through it.

The portal runs as its users get it: migrated, seeded, served by gunicorn in processes of its own.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
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
        # Five wrong passwords are another test's subject; here many sign in from one address.
        "EXIT_TARGET": f"http://127.0.0.1:{port}/sehat/hidup",
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
    command = [sys.executable, "-m", "gunicorn", "pug_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--worker-class", "gthread", "--workers", "1", "--threads", "4"],
        cwd=ROOT,
        env=running.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in server.stderr:
        if "Listening at" in line:
            break
    yield running
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

    def go(self, path: str) -> Page:
        self.page.goto(self.portal.url + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Sign in through the login page, as everybody does."""
        self.go("/akun/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(self.portal.passwords[username])
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url("**/kerja/**")
        return self.page

    def check(self) -> None:
        """Assert what every screen promises: accessible, silent console, no sideways scrolling."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        problems = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
        assert problems == [], f"{self.page.url}: {problems}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(before)
        assert wide <= NARROW[0], f"{self.page.url} is {wide} px wide on a {NARROW[0]} px screen"


@pytest.fixture
def visitor(portal, browser: Browser):
    """Make a visitor: visitor(), visitor(PHONE), visitor(scripts=False)."""
    contexts = []

    def make(size=DESKTOP, *, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        contexts.append(context)
        page = context.new_page()
        one = Visitor(page, context, portal)
        page.on("console", lambda m: one.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        return one

    yield make
    for context in contexts:
        context.close()
