"""Logs without personal data: where and what kind, never what was typed or whose it was."""

import json
import logging
import re
import traceback

_DIGITS = re.compile(r"\+?\d[\d .-]{8,}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_QUERY = re.compile(r"\?\S*")
# Addresses that open something by themselves: invitations and password resets.
_SECRET = re.compile(r"(/undangan/|/reset/key/)[^/\s]+")


def scrub(text: str) -> str:
    """Return `text` without query strings, secret links, e-mail addresses and long digit runs."""
    text = _SECRET.sub(r"\1[rahasia]", _QUERY.sub("", text))
    return _DIGITS.sub("[angka]", _MAIL.sub("[surel]", text))


class ScrubFilter(logging.Filter):
    """Cleans a record before any handler sees it."""

    def filter(self, record):
        record.msg, record.args = scrub(record.getMessage()), ()
        return True


class JSONFormatter(logging.Formatter):
    """One line of JSON per record; of an exception only its type and the places in our code."""

    def format(self, record):
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg,
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            line["where"] = [f"{f.filename.rsplit('/', 2)[-1]}:{f.lineno} {f.name}" for f in frames]
        return json.dumps(line, ensure_ascii=False)
