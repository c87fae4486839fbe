"""The `.env` file and the key ring: written once with random secrets, read back with plain complaints."""

import base64
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from tools import ROOT
from tools.stop import Stop

LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=(.*)")

FIRST = """\
# Dibuat oleh portal.py pada langkah pertama; arti setiap baris ada di .env.example.
# Berisi rahasia: jangan dibagikan dan jangan dimasukkan ke git.
SECRET_KEY={secret}
DEBUG=false
DEMO={demo}
ALLOWED_HOSTS=127.0.0.1,localhost
PORTAL_DATA_DIR=var
PORTAL_KEYRING_FILE=kunci/keyring.json
"""


NEEDED = (
    "SECRET_KEY",
    "DEMO",
    "DEBUG",
    "DATABASE_URL",
    "PORTAL_DATA_DIR",
    "PORTAL_KEYRING_FILE",
    "SITE_URL",
    "TRUSTED_PROXY_COUNT",
)


def ensure(*, demo: bool, root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the settings of `.env`, `environ` winning; write the file and the keys the first time."""
    path = root / ".env"
    if not path.exists() and "SECRET_KEY" not in environ:
        _write(path, FIRST.format(secret=secrets.token_urlsafe(48), demo=str(demo).lower()), mode=0o600)
        _first_keyring(root)
    values = read(path) if path.exists() else {}
    if path.exists() and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    values |= {name: environ[name] for name in NEEDED if name in environ}
    _check(values, root)
    return values


def read(path: Path) -> dict[str, str]:
    """Return the file's names and values; a line that is no setting is named by its number, never shown."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Stop(f"Berkas {path.name} tidak dapat dibaca; periksa pemilik dan isinya.") from None
    values = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise Stop(f"Berkas {path.name} baris {number} bukan berbentuk NAMA=nilai; perbaiki baris itu.")
        values[match[1]] = match[2].strip().strip("'\"")
    return values


def data_dir(values: dict[str, str], root: Path = ROOT) -> Path:
    return root / values.get("PORTAL_DATA_DIR", "var")


def keyring_file(values: dict[str, str], root: Path = ROOT) -> Path:
    return root / values.get("PORTAL_KEYRING_FILE", "kunci/keyring.json")


def write_keyring(path: Path) -> None:
    """Write a new ring with one random key, readable by its owner only; never over an existing one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    _write(path, json.dumps({"keys": [{"id": 1, "key": key, "status": "current"}]}), mode=0o400)


def _first_keyring(root: Path) -> None:
    path = root / "kunci/keyring.json"
    # Data without its key must not quietly get a new one: it would be unreadable for ever.
    if not path.exists() and not (root / "var/portal.sqlite3").exists():
        write_keyring(path)


def _check(values: dict[str, str], root: Path) -> None:
    if not values.get("SECRET_KEY"):
        raise Stop(
            "Berkas .env tidak memuat SECRET_KEY; isi dengan sedikitnya 40 karakter acak, "
            "atau hapus .env agar dibuat ulang."
        )
    for name in ("DEBUG", "DEMO"):
        if values.get(name, "false").lower() not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
            raise Stop(f"Nilai {name} di .env harus true atau false.")
    if not values.get("TRUSTED_PROXY_COUNT", "0").isdecimal():
        raise Stop("Nilai TRUSTED_PROXY_COUNT di .env harus bilangan bulat, misalnya 0 atau 1.")
    _check_keyring(keyring_file(values, root))


def _check_keyring(path: Path) -> None:
    try:
        keys = json.loads(path.read_text())["keys"]
        sound = any(one["status"] == "current" and len(base64.b64decode(one["key"])) == 32 for one in keys)
    except FileNotFoundError:
        raise Stop(
            f"Berkas kunci {path} tidak ada; kembalikan dari cadangan, karena data terenkripsi "
            f"tidak dapat dibaca tanpa kunci itu."
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise Stop(
            f"Berkas kunci {path} tidak dapat dibaca; kembalikan dari cadangan atau periksa pemiliknya."
        )
    if path.stat().st_mode & 0o077:
        raise Stop(f"Berkas kunci {path} dapat dibaca orang lain; jalankan: chmod 400 {path}")


def _write(path: Path, text: str, *, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
