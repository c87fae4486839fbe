"""A browser of the smallest kind: one kept connection, cookies, forms."""

import http.client
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

KEPT = 1.0  # seconds; the server closes a silent connection after two


class _Form(HTMLParser):
    """The values of one form, as a browser would send them if nobody typed anything."""

    def __init__(self, html: str):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.method = ""
        self.select = self.textarea = ""
        self.first_option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.method = (given.get("method") or "get").lower()
        elif read := getattr(self, f"_read_{tag}", None):
            read(given)

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            if self.first_option is not None:
                self.fields.setdefault(self.select, [self.first_option])
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def _read_input(self, given):
        name, kind = given.get("name"), given.get("type", "text")
        chosen = kind not in ("radio", "checkbox") or "checked" in given
        if name and chosen and kind not in ("submit", "button", "file", "reset"):
            self.fields.setdefault(name, []).append(given.get("value") or "")

    def _read_select(self, given):
        self.select, self.first_option = given.get("name") or "", None

    def _read_option(self, given):
        value = given.get("value") or ""
        if self.first_option is None:
            self.first_option = value
        if "selected" in given and self.select:
            self.fields.setdefault(self.select, []).append(value)

    def _read_textarea(self, given):
        self.textarea = given.get("name") or ""
        self.fields[self.textarea] = [""]


def form_of(html: str, field: str) -> dict[str, list[str]]:
    """Return the values of the first POST form that asks `field`."""
    for part in html.split("<form")[1:]:
        form = _Form("<form" + part.split("</form")[0])
        if form.method == "post" and f'name="{field}"' in part:
            return form.fields
    raise LookupError(f"no form asks {field}")


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

    def form(self, path: str, field: str) -> dict[str, list[str]]:
        """Open a page and return the values of its POST form that asks `field`."""
        status, body, _ = self.get(path)
        if status != 200:
            raise http.client.HTTPException(f"{path} answered {status}")
        return form_of(body, field)

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
