"""`portal.py` in temporary copies: every refusal is one sentence with code 2 and never a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import ROOT, envfile
from tools.stop import reason

PLAIN = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
GOOD_ENV = "SECRET_KEY=" + "x" * 48 + "\nDEMO=true\n"


@pytest.fixture
def copy(tmp_path):
    """A copy of the entrance with a sound `.env` and key ring; no environment, so nothing gets far."""
    shutil.copy(ROOT / "portal.py", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".env").write_text(GOOD_ENV)
    envfile.write_keyring(tmp_path / "kunci/keyring.json")
    return tmp_path


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def portal(folder, *words, command=(sys.executable, "portal.py"), **more):
    return subprocess.run(
        [*command, *map(str, words)], cwd=folder, env=PLAIN | more, capture_output=True, text=True, timeout=60
    )


def assert_refused(done, *parts):
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for part in parts:
        assert part in done.stderr


def test_an_old_python_is_told_which_one_is_needed(copy):
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['portal.py', 'run'];"
        "runpy.run_path('portal.py', run_name='__main__')"
    )
    assert_refused(portal(copy, command=(sys.executable, "-c", pretend)), "Python 3.11", "Python 3.9")


def test_the_entrance_uses_no_syntax_that_an_old_python_cannot_read():
    import_free = compile((ROOT / "portal.py").read_text(), "portal.py", "exec", dont_inherit=True)
    assert import_free
    text = (ROOT / "portal.py").read_text()
    assert not any(new in text for new in (":=", ' f"', '(f"', "match ", " -> "))


def test_a_port_in_use_is_named_with_another_one_to_try(copy):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_refused(portal(copy, "run", "--port", port), f"Port {port} sedang dipakai", "--port")


def test_a_port_that_does_not_exist_is_refused(copy):
    assert_refused(portal(copy, "run", "--port", 70000), "antara 1 dan 65535")


def test_a_read_only_folder_is_named(copy, free_port):
    copy.chmod(0o555)
    # Root writes everywhere; without its capabilities it is an ordinary owner of the folder.
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    try:
        done = portal(copy, "run", "--port", free_port, command=(*bare, sys.executable, "portal.py"))
    finally:
        copy.chmod(0o755)
    assert_refused(done, str(copy), "tidak dapat ditulisi")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD_ENV + "bukan pengaturan\n", "baris 3 bukan berbentuk NAMA=nilai"),
        ("DEMO=true\n", "tidak memuat SECRET_KEY"),
        ("SECRET_KEY=\nDEMO=true\n", "tidak memuat SECRET_KEY"),
        (GOOD_ENV + "DEBUG=mungkin\n", "DEBUG di .env harus true atau false"),
        (GOOD_ENV + "TRUSTED_PROXY_COUNT=satu\n", "TRUSTED_PROXY_COUNT"),
        (GOOD_ENV + "PORTAL_KEYRING_FILE=tidak/ada.json\n", "tidak ada; kembalikan dari cadangan"),
    ],
)
def test_a_broken_env_file_is_explained_without_showing_its_secrets(copy, free_port, text, sentence):
    (copy / ".env").write_text(text)
    done = portal(copy, "run", "--port", free_port)
    assert_refused(done, sentence)
    assert "x" * 48 not in done.stderr + done.stdout


def test_an_env_file_that_is_not_text_is_explained(copy, free_port):
    (copy / ".env").write_bytes(b"SECRET_KEY=\xff\xfe\n")
    assert_refused(portal(copy, "run", "--port", free_port), ".env tidak dapat dibaca")


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": []}', '{"keys": [{"id": 1, "key": "c2hvcnQ=", "status": "current"}]}']
)
def test_a_damaged_key_ring_is_explained(copy, free_port, content):
    ring = copy / "kunci/keyring.json"
    ring.chmod(0o600)
    ring.write_text(content)
    assert_refused(portal(copy, "run", "--port", free_port), "keyring.json tidak dapat dibaca")


def test_a_key_ring_that_others_can_read_is_refused(copy, free_port):
    (copy / "kunci/keyring.json").chmod(0o644)
    assert_refused(portal(copy, "run", "--port", free_port), "chmod 400")


def test_data_whose_key_is_lost_never_gets_a_new_key(copy, free_port):
    (copy / ".env").unlink()
    (copy / "kunci/keyring.json").unlink()
    (copy / "var").mkdir()
    (copy / "var/portal.sqlite3").touch()
    assert_refused(portal(copy, "run", "--port", free_port), "tidak ada; kembalikan dari cadangan")
    assert not (copy / "kunci/keyring.json").exists()


def test_the_first_run_writes_secrets_that_only_the_owner_can_read(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        envfile.ensure(demo=True, root=folder, environ={})
        assert (folder / ".env").stat().st_mode & 0o777 == 0o600
        assert (folder / "kunci/keyring.json").stat().st_mode & 0o777 == 0o400
        assert (folder / "kunci").stat().st_mode & 0o777 == 0o700
    assert (first / ".env").read_text() != (second / ".env").read_text()
    assert (first / "kunci/keyring.json").read_text() != (second / "kunci/keyring.json").read_text()


def test_a_second_start_keeps_the_secrets(tmp_path):
    envfile.ensure(demo=True, root=tmp_path, environ={})
    before = (tmp_path / ".env").read_text(), (tmp_path / "kunci/keyring.json").read_text()
    envfile.ensure(demo=True, root=tmp_path, environ={})
    assert before == ((tmp_path / ".env").read_text(), (tmp_path / "kunci/keyring.json").read_text())


def test_an_address_of_the_network_needs_a_declared_proxy(copy, free_port):
    done = portal(copy, "run", "--port", free_port, "--address", "0.0.0.0")
    assert_refused(done, "TRUSTED_PROXY_COUNT=1")


def test_a_demonstration_never_becomes_a_real_portal(copy, free_port):
    assert_refused(portal(copy, "run", "--port", free_port, "--no-demo"), "data peragaan", "salinan baru")


def test_a_python_without_venv_names_the_package_to_install(copy, free_port):
    hide = (
        "import importlib.util as u, runpy, sys; find = u.find_spec;"
        "u.find_spec = lambda name, *a: None if name == 'ensurepip' else find(name, *a);"
        "sys.path.insert(0, '.');"
        f"sys.argv = ['portal.py', 'run', '--port', '{free_port}'];"
        "runpy.run_path('portal.py', run_name='__main__')"
    )
    shutil.copy(ROOT / "requirements.lock", copy)
    done = portal(copy, command=(sys.executable, "-c", hide), PATH="/usr/bin:/bin")
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_speaks_in_sentences(copy):
    for words in ((), ("--help",), ("help",), ("run", "--help")):
        done = portal(copy, *words)
        assert done.returncode == 0
        assert "python3 portal.py run" in done.stdout
        assert "demonstration accounts" in done.stdout


def test_an_unknown_lane_is_named_beside_the_real_ones(copy):
    assert_refused(portal(copy, "test", "oracle"), "oracle", "lint, sqlite, postgresql, browser")


def test_the_reason_of_a_failed_step_is_its_last_exception():
    said = "Traceback:\n  ...\ndjango.core.exceptions.ImproperlyConfigured: Kurang.\nbye\n"
    assert reason(said) == "Kurang."
    assert reason("satu\ndua\n\n") == "dua"
    assert reason("") == "tanpa keterangan"


def test_the_makefile_only_repeats_the_entrance():
    lines = Path(ROOT / "Makefile").read_text().splitlines()
    acts = {line.split()[-1] for line in lines if "portal.py" in line and line.startswith("\t")}
    assert acts == {"run", "test", "lint", "bench"}
