"""A browser of the smallest kind: one kept connection, cookies, forms."""

import http.client
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

KEPT = 1.0  # seconds; the server closes a silent connection after two


class Form(HTMLParser):
    """The values a browser would send for the first POST form of a page, as the page filled them."""

    def __init__(self, html: str):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside = self._done = False
        self._select = self._textarea = ""
        self._first_option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post" and not self._done:
            self._inside = True
        if not self._inside:
            return
        if tag == "input":
            self._input(given)
        elif tag == "select":
            self._select, self._first_option = given.get("name") or "", None
        elif tag == "option" and self._select:
            self._option(given)
        elif tag == "textarea":
            self._textarea = given.get("name") or ""
            self.fields[self._textarea] = [""]

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            if self._first_option is not None:
                self.fields.setdefault(self._select, [self._first_option])
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "form" and self._inside:
            self._inside, self._done = False, True

    def _input(self, given):
        name, kind = given.get("name"), given.get("type", "text")
        chosen = kind not in ("radio", "checkbox") or "checked" in given
        if name and chosen and kind not in ("submit", "button", "file", "reset"):
            self.fields.setdefault(name, []).append(given.get("value") or "")

    def _option(self, given):
        value = given.get("value") or ""
        if self._first_option is None:
            self._first_option = value
        if "selected" in given:
            self.fields.setdefault(self._select, []).append(value)


class Client:
    """Speaks to one server as one signed-in person. Times are seconds."""

    def __init__(self, port: int, cookies: dict[str, str], *, timeout: float = 60):
        self.port, self.cookies = port, dict(cookies)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.used = 0.0

    def get(self, path: str) -> tuple[int, str, float]:
        """Return (status, body, seconds until the last byte)."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict) -> tuple[int, str, float]:
        """Send a form; the answer's body is the address it leads to when it redirects."""
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def form(self, path: str) -> dict[str, list[str]]:
        """Open a form page and return what a browser would send if nobody typed anything."""
        status, body, _ = self.get(path)
        if status != 200:
            raise http.client.HTTPException(f"{path} answered {status}")
        return Form(body).fields

    def post_and_leave(self, path: str, fields: dict) -> None:
        """Send a form and hang up before the answer comes: the answer is lost on the way."""
        self._send("POST", path, urlencode(fields, doseq=True))
        self.close()

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method, path, body):
        if time.monotonic() - self.used > KEPT:
            self.close()
        start = time.perf_counter()
        self._send(method, path, body)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        seconds = time.perf_counter() - start
        self.used = time.monotonic()
        self._keep_cookies(answer)
        if answer.status in (301, 302, 303):
            text = answer.getheader("Location", "")
        return answer.status, text, seconds

    def _send(self, method, path, body):
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Host": f"127.0.0.1:{self.port}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)

    def _keep_cookies(self, answer):
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, value = header.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
