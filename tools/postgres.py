"""A private PostgreSQL for the tests: its own folder and socket, no network, gone afterwards.

The server refuses to run as root, so root hands it to an unprivileged account of the machine.
Durability is off on purpose: a crash costs a test run and nothing else. Measurements ask for a
durable one, because a server that forgets would flatter every write.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.stop import Stop

OPTIONS = {"listen_addresses": "", "max_connections": "60"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 30  # seconds for the server to accept connections


def binaries() -> Path | None:
    """Return the folder of the newest installed server, Debian's place first, or None."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = sorted(debian, key=lambda path: float(path.parts[-3]), reverse=True)
    if versions:
        return versions[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Cluster:
    """A running throw-away server as a context manager; `url` is for DATABASE_URL, superuser "postgres"."""

    def __init__(self, *, durable: bool = False) -> None:
        self.options = OPTIONS if durable else OPTIONS | FORGETFUL
        found = binaries()
        if found is None:
            raise Stop("no PostgreSQL server binaries are installed (Debian: apt install postgresql)")
        self.bin = found
        self.account = _account()

    def __enter__(self) -> "Cluster":
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        process = getattr(self, "process", None)
        if process and process.poll() is None:
            process.send_signal(signal.SIGQUIT)  # immediate: nothing in it is worth keeping
            process.wait(timeout=PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgres://{user}@/{self.folder}/{database}"

    def sql(self, text: str, *, database: str = "postgres", user: str = "postgres") -> str:
        """Run a script with psql, stopping at the first error; return what it printed, unaligned."""
        words = ["-h", str(self.folder), "-U", user, "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run([str(self.bin / "psql"), *words], input=text, capture_output=True, text=True)
        if done.returncode:
            raise Stop(done.stderr.strip())
        return done.stdout.strip()

    def _start(self) -> None:
        plain = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self._call("initdb", "-D", self.data, *plain)
        options = [f"-c{name}={value}" for name, value in self.options.items()]
        options.append(f"-cunix_socket_directories={self.folder}")
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", self.data, *options],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self._as_account(),
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        ready = [str(self.bin / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready).returncode:
            if self.process.poll() is not None or time.monotonic() > until:
                raise Stop(
                    "the private PostgreSQL did not start: " + (self.folder / "log").read_text()[-400:]
                )
            time.sleep(0.1)

    def _call(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self.bin / program), *words],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **self._as_account(),
        )
        if done.returncode:
            raise Stop(f"{program} failed: {done.stderr.strip()}")

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd | None:
    """Return the account the server runs as when we are root, else None (ourselves)."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Stop("running as root and no unprivileged account (postgres, nobody) exists for the server")
