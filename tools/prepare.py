"""Database, reference data and demonstration data: prepared once, and again only when something changed."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import ROOT, environment
from tools.stop import Stop, reason

APPS = ("pug_portal", "institutions", "focal_points", "seruni_cases", "activities")
# A file shapes the database when its folder or its own name is one of these words.
SEEDING = {"migrations", "seeds", "seed", "data", "demo", "reference"}

REFERENCE = (
    ("migrate", "--no-input", "--verbosity", "0"),
    ("createcachetable",),
    ("seed", "--reference"),
)


def prepare(python: Path, environ: dict[str, str], *, data: Path, demo: bool) -> None:
    """Bring the database up to this version of the code; nearly free when it is already there."""
    stamp, now = data / "prepared.json", _state(environ, demo=demo)
    if _read(stamp) == now and not _is_lost(environ, data):
        return
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for words in _steps(environ, data, demo=demo):
        _manage(python, environ, words, log=data / "prepare.log")
    if not demo:
        _first_admin(python, environ)
    stamp.write_text(json.dumps(now))


def _steps(environ: dict[str, str], data: Path, *, demo: bool) -> Iterator[tuple[str, ...]]:
    yield from REFERENCE
    if demo:
        yield ("seed", "--demo", "--accounts", str(data / "demo-accounts.txt"))
    if environ["SITE_URL"].startswith("https://"):  # plain http on this machine needs no gathered files
        yield ("collectstatic", "--no-input", "--verbosity", "0")


def _state(environ: dict[str, str], *, demo: bool) -> dict[str, str]:
    """Return what the prepared database depends on: packages, migrations, seeds, which database."""
    seal = hashlib.sha256()
    for path in sorted(_sources()):
        seal.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    database = environ.get("DATABASE_URL", "") + environ["PORTAL_DATA_DIR"]
    return {
        "lock": environment.digest(ROOT / environment.RUN),
        "sources": seal.hexdigest(),
        "database": hashlib.sha256(database.encode()).hexdigest(),
        "kind": "demo" if demo else "real",
    }


def _sources() -> Iterator[Path]:
    for app in APPS:
        for path in (ROOT / app).rglob("*"):
            words = path.relative_to(ROOT).with_suffix("").parts
            if path.suffix in (".py", ".csv", ".json", ".txt") and SEEDING & set(words):
                yield path


def _is_lost(environ: dict[str, str], data: Path) -> bool:
    """Say whether the embedded database was taken away while its stamp stayed."""
    return not environ.get("DATABASE_URL") and not (data / "portal.sqlite3").exists()


def _read(stamp: Path) -> dict[str, str] | None:
    try:
        return json.loads(stamp.read_text())
    except (OSError, ValueError):
        return None


SENTENCES = {
    "migrate": "Menyiapkan basis data",
    "createcachetable": "Menyiapkan tabel sementara",
    "seed --reference": "Memuat data rujukan",
    "seed --demo": "Memuat data peragaan",
    "collectstatic": "Mengumpulkan berkas tampilan",
}


def _manage(python: Path, environ: dict[str, str], words: tuple[str, ...], *, log: Path) -> None:
    sentence = SENTENCES.get(" ".join(words[:2])) or SENTENCES[words[0]]
    print(f"{sentence} ...", flush=True)
    done = subprocess.run(
        [python, "manage.py", *words], cwd=ROOT, env=environ,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(f"$ manage.py {' '.join(words)}\n{done.stdout}\n")
    if done.returncode:
        raise Stop(f"{sentence} gagal: {reason(done.stdout)} (keterangan lengkap: {log})")


def _first_admin(python: Path, environ: dict[str, str]) -> None:
    if not sys.stdin.isatty():
        print("Buat pengelola pertama dengan: .venv/bin/python manage.py create_first_admin")
        return
    if subprocess.run([python, "manage.py", "create_first_admin"], cwd=ROOT, env=environ).returncode:
        raise Stop("Pengelola pertama belum dibuat; jalankan lagi: python3 portal.py run")
