"""The virtual environment: made once, filled from a hashed lock, stamped with what was installed."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import ROOT
from tools.stop import Stop, reason

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portal-lock.json"
RUN, TEST = "requirements.lock", "requirements-dev.lock"


def ensure(lock: str = RUN) -> Path:
    """Return the interpreter of an environment that holds `lock`; a second call costs one small read."""
    if not _holds(lock):
        _create()
        _install(lock)
        _write_stamp(lock)
    return PYTHON


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _holds(lock: str) -> bool:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and stamp.get(lock) == digest(ROOT / lock)


def _write_stamp(lock: str) -> None:
    # The lock of the tests contains the one for running, pin for pin (tests/test_dependencies.py).
    locks = (RUN, TEST) if lock == TEST else (RUN,)
    STAMP.write_text(json.dumps({name: digest(ROOT / name) for name in locks}))


def _create() -> None:
    if PYTHON.exists():
        return
    print("Menyiapkan lingkungan Python (.venv) ...", flush=True)
    # A folder without a working interpreter is what an interrupted start or a removed Python leaves.
    shutil.rmtree(VENV, ignore_errors=True)
    if uv := shutil.which("uv"):
        _call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)], "membuat .venv")
        return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Stop(
            f"Python di komputer ini belum dapat membuat lingkungan virtual; pasang paket python3-venv "
            f"(sudo apt install python3-venv, atau python{version}-venv) lalu jalankan lagi."
        )
    _call([sys.executable, "-m", "venv", str(VENV)], "membuat .venv")


def _install(lock: str) -> None:
    print(f"Memasang paket dari {lock} ...", flush=True)
    only = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)]
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *only]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *only]
    _call(command, f"memasang paket dari {lock} (periksa sambungan internet)")


def _call(command: list[str], what: str) -> None:
    # A uv that misses the asked Python would otherwise download one without a word.
    environ = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    environ.pop("VIRTUAL_ENV", None)
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"Gagal {what}: {reason(done.stderr or done.stdout)}")
