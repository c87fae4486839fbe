"""A portal of its own for one measurement: folder, key ring, database, environment; gone afterwards."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.server import Server, free_port
from tools import ROOT, envfile


class Failed(Exception):
    """A step of the preparation went wrong; carries the end of what it said."""


class World:
    """Use as a context manager. Without `database` the world keeps an SQLite file in its folder."""

    def __init__(self, database: str = ""):
        self.folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
        self.port = free_port()
        self.environ = os.environ | self._decided(database)
        (self.folder / "data").mkdir()
        envfile.write_keyring(self.folder / "keys" / "keyring.json")
        self.server = Server(self.environ, self.port, log=self.folder / "server.log")

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.server.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _decided(self, database: str) -> dict[str, str]:
        """Return every setting of .env.example, so that nobody's own `.env` takes part."""
        return {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DEBUG": "false",
            "DEMO": "true",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "CSRF_TRUSTED_ORIGINS": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": database or f"sqlite:///{self.folder}/data/portal.sqlite3",
            "PORTAL_DATA_DIR": str(self.folder / "data"),
            "PORTAL_KEYRING_FILE": str(self.folder / "keys" / "keyring.json"),
            "TRUSTED_PROXY_COUNT": "0",
            "ENFORCE_SECOND_FACTOR": "false",
            # Loading 100,000 cases takes minutes; nobody is signed out meanwhile.
            "IDLE_SECONDS": "36000",
            "IDLE_SECONDS_CASE": "36000",
            "EXIT_TARGET": "https://cuaca.example.test/",
            "EMAIL_URL": "memorymail://",
            "DEFAULT_FROM_EMAIL": "Portal <portal@example.test>",
        }

    def prepare(self) -> None:
        """Make the tables and the reference data."""
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("createcachetable")
        self.manage("seed", "--reference")

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise Failed(f"{' '.join(words)}: {(done.stderr or done.stdout).strip()[-1500:]}")
        return done.stdout

    def ask(self, *words: str) -> dict:
        """Run a command of bench/floor in this world and return the JSON it prints last."""
        return json.loads(self.manage(*words).splitlines()[-1])
