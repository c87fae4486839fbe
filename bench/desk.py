"""One client of the drill: takes calls, sends cards, and does not give up when nobody answers."""

import http.client
import random
import threading
import time
import uuid

from bench import forms
from bench.client import Client
from bench.comparison import Receipt

PATIENCE = 60  # seconds for one form, restarts included
LEAVES, ASKS_AGAIN = 0.1, 0.1  # how often the answer is lost on the way; how often a form is sent twice


class Desk(threading.Thread):
    """Registers first cards, and every third as a case, until `stop` is set."""

    def __init__(
        self, number: int, port: int, cookies: dict, look: dict, stop: threading.Event, *, forgets: bool
    ):
        super().__init__(daemon=True)
        self.client = Client(port, cookies, timeout=20)
        self.look, self.stop, self.forgets = look, stop, forgets
        self.rng = random.Random(number)
        self.receipts: list[Receipt] = []
        self.problems: list[str] = []
        self.retries = 0

    def run(self):
        while not self.stop.is_set():
            try:
                self._one_call()
            except Exception as problem:  # a thread that dies in silence would make the drill green
                self.problems.append(f"{type(problem).__name__}: {problem}")
                return

    def _one_call(self) -> None:
        mark = f"kartu-{uuid.uuid4().hex}"
        blank = self._patiently(lambda: self.client.form(self.look["card"], "summary"))
        fields = forms.card(blank, self.look["need"], summary=f"{forms.STORY}{mark}")
        address = self._send(self.look["card"], fields)
        self.receipts.append(Receipt(mark, address))
        if self.rng.random() < 1 / 3:
            self._register(mark, address)

    def _register(self, mark: str, received: str) -> None:
        code = next(part for part in received.split("/") if part.startswith("ADU-"))
        path = self.look["register"].replace("KODE", code)
        blank = self._patiently(lambda: self.client.form(path, "category"))
        address = self._send(path, forms.register(blank, self.look))
        self.receipts.append(Receipt(mark, address, "case"))

    def _send(self, path: str, fields: dict) -> str:
        """Post until it is acknowledged, always under the key the form was opened with."""
        if self.rng.random() < LEAVES:
            self._patiently(lambda: self.client.post_and_leave(path, fields))
            self._forget(fields)
        address = self._patiently(
            lambda: self._acknowledged(path, fields), again=lambda: self._forget(fields)
        )
        if self.rng.random() < ASKS_AGAIN:
            self._compare(address, self._patiently(lambda: self._acknowledged(path, fields)))
        return address

    def _acknowledged(self, path: str, fields: dict) -> str:
        status, answer, _ = self.client.post(path, fields)
        if status in (500, 502, 503):
            raise http.client.HTTPException(f"{path} answered {status}")
        if status != 303:
            raise RuntimeError(f"{path} answered {status} instead of 303")
        return answer

    def _compare(self, first: str, second: str) -> None:
        if first != second:
            self.problems.append(f"one key, two receipts: {first} and {second}")

    def _forget(self, fields: dict) -> None:
        """The planted fault: a client that makes a new key when it tries again."""
        if self.forgets:
            fields["idem"] = str(uuid.uuid4())

    def _patiently(self, act, *, again=lambda: None):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                self.retries += 1
                self.client.close()
                again()
                time.sleep(0.05 + self.rng.random() / 10)
