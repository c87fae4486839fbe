"""A browser of the smallest kind: one kept connection, cookies, forms."""

import http.client
import re
import time
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


class Client:
    """Speaks to one server as one signed-in person. Times are seconds."""

    def __init__(self, port: int, cookies: dict[str, str]):
        self.port, self.cookies = port, dict(cookies)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> tuple[int, str, float]:
        """Return (status, body, seconds until the last byte)."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict) -> tuple[int, str, float]:
        """Send a form; the answer's body is the address it leads to when it redirects."""
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def hidden_fields(self, path: str) -> dict[str, str]:
        """Open a form page and return its hidden fields, among them the CSRF token and `idem`."""
        fields = {}
        for tag in HIDDEN.findall(self.get(path)[1]):
            found = dict(ATTRIBUTE.findall(tag))
            fields[found["name"]] = found.get("value", "")
        return fields

    def _ask(self, method, path, body):
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Host": f"127.0.0.1:{self.port}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        seconds = time.perf_counter() - start
        self._keep_cookies(answer)
        if answer.status in (301, 302, 303):
            text = answer.getheader("Location", "")
        return answer.status, text, seconds

    def _keep_cookies(self, answer):
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, value = header.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
