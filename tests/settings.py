"""The real settings in a world of their own: random keys, a temporary data folder, no `.env` of anybody.

Every name of .env.example is decided here (tests/test_env_example.py), because a value that is set
wins over the developer's file. DATABASE_URL_TEST chooses the engine; without it, SQLite in a file
(in memory there is no write-ahead log, and the browser tests need a second connection).
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from tools import envfile

# In memory where the machine offers it: the durability of the disk is the drill's subject, not theirs.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
WORLD = Path(tempfile.mkdtemp(prefix="portal-tests-", dir=MEMORY))
atexit.register(shutil.rmtree, WORLD, ignore_errors=True)

DECIDED = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "DEBUG": "false",
    "DEMO": "true",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "http://testserver",
    "DATABASE_URL": os.environ.get("DATABASE_URL_TEST") or f"sqlite:///{WORLD}/portal.sqlite3",
    "PORTAL_DATA_DIR": str(WORLD / "data"),
    "PORTAL_KEYRING_FILE": str(WORLD / "keys" / "keyring.json"),
    "TRUSTED_PROXY_COUNT": "0",
    "ENFORCE_SECOND_FACTOR": "false",
    "IDLE_SECONDS": "1800",
    "IDLE_SECONDS_CASE": "1200",
    "EXIT_TARGET": "https://cuaca.example.test/",
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "Portal <portal@example.test>",
}
os.environ.update(DECIDED)
(WORLD / "data").mkdir()
envfile.write_keyring(WORLD / "keys" / "keyring.json")

from pug_portal.settings import *  # noqa: E402, F403
from pug_portal.settings import DATABASES, INSTALLED_APPS, IS_SQLITE  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # notices a query per row

if IS_SQLITE:
    DATABASES["default"]["TEST"] = {"NAME": str(WORLD / "test.sqlite3")}
