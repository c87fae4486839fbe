"""The shipped server in a process group of its own, so that a drill can kill all of it at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools import ROOT, serve

PATIENCE = 60  # seconds until the first answer


class NotStarted(Exception):
    """The server did not answer in time; carries the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """gunicorn with the options of `portal.py run`, under the settings of `environ`."""

    def __init__(self, environ: dict[str, str], port: int, *, log: Path):
        shipped = serve.Server(Path(sys.executable), environ, "127.0.0.1", port, log=log)
        self.command, self.environ, self.port, self.log = shipped.command, environ, port, log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start and return when it answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise NotStarted(self.log.read_text()[-1500:])
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL master and workers together: nobody gets a last word."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def end(self) -> None:
        """End politely, and for certain."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/sehat/siap")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True
