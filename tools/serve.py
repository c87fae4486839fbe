"""The server: gunicorn with two workers of four threads, watched until it answers, ended by Ctrl-C."""

import http.client
import os
import signal
import subprocess
import time
from pathlib import Path

from tools import ROOT
from tools.stop import Stop, reason

PATIENCE = 60  # seconds until the first answer
OPTIONS = (
    "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60",
    "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket",
)  # fmt: skip


class Server:
    """One gunicorn on one address; what it says goes to `log`, so that the terminal keeps the accounts."""

    def __init__(self, python: Path, environ: dict[str, str], address: str, port: int, *, log: Path):
        self.address, self.port, self.log = address, port, log
        self.host = f"[{address}]" if ":" in address else address
        self.environ = environ
        bind = f"{self.host}:{port}"
        self.command = [
            str(python),
            "-m",
            "gunicorn",
            "--bind",
            bind,
            *OPTIONS,
            "pug_portal.wsgi:application",
        ]

    def run(self, *, accounts: Path | None) -> int:
        """Serve in the foreground; return 0 when it was told to end, 1 when the server fell."""
        previous = signal.signal(signal.SIGTERM, _once), signal.signal(signal.SIGINT, _once)
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as log:
            process = subprocess.Popen(self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        try:
            self._wait_for_answer(process)
            print(self._welcome(accounts), flush=True)
            return 1 if process.wait() else 0
        except KeyboardInterrupt:
            print("\nPortal dihentikan.", flush=True)
            return 0
        finally:
            _end(process)
            signal.signal(signal.SIGTERM, previous[0])
            signal.signal(signal.SIGINT, previous[1])

    def _wait_for_answer(self, process: subprocess.Popen) -> None:
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if process.poll() is not None or time.monotonic() > until:
                why = reason(self.log.read_text())
                raise Stop(f"Portal tidak dapat dimulai: {why} (keterangan lengkap: {self.log})")
            time.sleep(0.1)

    def _answers(self) -> bool:
        # Any answer counts: whether the page is in order is the business of the tests.
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
        connection = http.client.HTTPConnection(
            everywhere.get(self.address, self.address), self.port, timeout=20
        )
        try:
            connection.request("GET", "/sehat/siap")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def _welcome(self, accounts: Path | None) -> str:
        lines = [f"\nPortal siap di http://{self.host}:{self.port}/"]
        if accounts and accounts.exists():
            place = accounts.relative_to(ROOT) if accounts.is_relative_to(ROOT) else accounts
            lines += [f"\nAkun peragaan (tersimpan di {place}):\n", accounts.read_text().rstrip()]
        return "\n".join([*lines, "\nTekan Ctrl-C untuk berhenti."])


def _once(*_: object) -> None:
    """Take the first word to end; impatient repetitions must not disturb the ending, which is bounded."""
    # A handler that does nothing, not SIG_IGN: Python complains aloud about a word that is already
    # on its way when it becomes ignored.
    signal.signal(signal.SIGINT, _not_again)
    signal.signal(signal.SIGTERM, _not_again)
    raise KeyboardInterrupt


def _not_again(*_: object) -> None:
    """Hear the repetition and go on ending."""


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
