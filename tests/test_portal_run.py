"""`portal.py run` from the first start to Ctrl-C, around a portal that is only a door.

The environment and the commands of manage.py are stand-ins, so that this file tests the entrance and
nothing else: which steps run in which order, what the person reads, what a second start costs.
"""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading

import pytest

from tools import ROOT, envfile

MANAGE = """
import os, pathlib, sys
data = pathlib.Path(os.environ["PORTAL_DATA_DIR"])
with (data / "steps").open("a") as steps:
    steps.write(" ".join(word for word in sys.argv[1:] if not word.startswith("/")) + "\\n")
if "migrate" in sys.argv:
    (data / "portal.sqlite3").touch()
if "--accounts" in sys.argv:
    pathlib.Path(sys.argv[-1]).write_text("petugas  rahasia-acak\\n")
if pathlib.Path("broken").exists():
    print("Traceback (most recent call last):")
    sys.exit("django.core.management.base.CommandError: Tabel wilayah kosong.")
"""
WSGI = """
import pathlib
if pathlib.Path("fallen").exists():
    raise RuntimeError("Kunci nomor 1 bukan kunci yang dipakai data ini.")
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"terbuka"]
"""


@pytest.fixture
def house(tmp_path):
    """A folder with the real entrance, a stand-in environment that holds its lock, and a small door."""
    shutil.copy(ROOT / "portal.py", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    (tmp_path / "manage.py").write_text(MANAGE)
    migration = tmp_path / "institutions/migrations/0001_registry.py"
    for path, text in ((migration, ""), (tmp_path / "pug_portal/wsgi.py", WSGI)):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    stamp = {"requirements.lock": hashlib.sha256(b"# nothing\n").hexdigest()}
    (tmp_path / ".venv/portal-lock.json").write_text(json.dumps(stamp))
    return tmp_path


class Running:
    """A started `portal.py run`; waits until the address is printed or the process ends."""

    def __init__(self, folder, *words):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-u", "portal.py", "run", "--port", str(self.port), *words]
        plain = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=plain, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.guard = threading.Timer(60, self.process.kill)
        self.guard.start()
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break

    def get(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/")
        return connection.getresponse().read()

    def end(self, number=signal.SIGINT):
        """Press Ctrl-C (the whole group gets it, as in a terminal) and return the exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        self.said += self.process.stdout.read()
        self.guard.cancel()
        return self.process.wait()


@pytest.fixture
def start(house):
    started = []
    yield lambda *words: started.append(Running(house, *words)) or started[-1]
    for one in started:
        one.end(signal.SIGKILL)


def steps(house):
    path = house / "var/steps"
    return path.read_text().splitlines() if path.exists() else []


def test_the_first_start_prepares_in_order_serves_and_prints_the_accounts(house, start):
    portal = start()
    assert portal.get() == b"terbuka"
    assert [" ".join(step.split()[:2]) for step in steps(house)] == [
        "migrate --no-input", "createcachetable", "seed --reference", "seed --demo",
    ]  # fmt: skip
    assert f"http://127.0.0.1:{portal.port}/" in portal.said
    assert "petugas  rahasia-acak" in portal.said
    assert "DEMO=true" in (house / ".env").read_text()


def test_ctrl_c_ends_cleanly(start):
    portal = start()
    assert portal.end() == 0
    assert "Portal dihentikan." in portal.said
    assert "Traceback" not in portal.said
    with pytest.raises(ConnectionRefusedError):
        portal.get()


def test_the_word_of_the_system_to_end_is_heard_like_ctrl_c(start):
    portal = start()
    os.kill(portal.process.pid, signal.SIGTERM)
    assert portal.end() == 0  # and an impatient Ctrl-C right after it changes nothing
    assert "Traceback" not in portal.said


def test_a_second_start_repeats_no_step(house, start):
    start().end()
    before = steps(house)
    assert "Menyiapkan" not in start().said
    assert steps(house) == before


def test_a_database_that_was_taken_away_is_made_again(house, start):
    start().end()
    (house / "var/portal.sqlite3").unlink()
    start()
    assert (house / "var/portal.sqlite3").exists()


@pytest.mark.parametrize(
    "path",
    ["institutions/migrations/0002_posts.py", "institutions/seeds/posts.csv", "institutions/reference.py"],
)
def test_a_new_migration_or_seed_is_carried_out_at_the_next_start(house, start, path):
    start().end()
    before = len(steps(house))
    (house / path).parent.mkdir(exist_ok=True)
    (house / path).write_text("new")
    start()
    assert len(steps(house)) == 2 * before


def test_a_real_portal_gets_no_demonstration_data_and_keeps_its_kind(house, start):
    first = start("--no-demo")
    assert "create_first_admin" in first.said
    first.end()
    assert "DEMO=false" in (house / ".env").read_text()
    start()
    assert not [step for step in steps(house) if "--demo" in step]


def test_a_failed_step_is_one_sentence_and_is_repeated_next_time(house, start):
    (house / "broken").touch()
    portal = start()
    assert portal.end() == 2
    assert "Menyiapkan basis data gagal: Tabel wilayah kosong." in portal.said
    assert "Traceback" not in portal.said
    (house / "broken").unlink()
    assert start().get() == b"terbuka"


def test_a_server_that_cannot_start_says_why_in_one_sentence(house, start):
    (house / "fallen").touch()
    portal = start()
    assert portal.end() == 2
    assert "Portal tidak dapat dimulai: Kunci nomor 1 bukan kunci" in portal.said
    assert "Traceback" not in portal.said


def test_what_is_kept_on_disk_is_for_the_owner_only(house, start):
    start()
    for path in ("var/prepare.log", "var/server.log", ".env"):
        assert (house / path).stat().st_mode & 0o077 == 0, path
    assert (house / "var").stat().st_mode & 0o077 == 0
    assert envfile.keyring_file({}, house).stat().st_mode & 0o777 == 0o400
