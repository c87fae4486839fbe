"""Compile locale/id/LC_MESSAGES/django.po without GNU gettext: `python -m tools.messages`.

The catalogue holds only words of libraries that have none in Indonesian; our own words stand in
templates and code. The .mo is committed, and a test holds it to the .po.
"""

import ast
import struct
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "locale/id/LC_MESSAGES/django.po"
TARGET = SOURCE.with_suffix(".mo")


def entries(text: str) -> dict[str, str]:
    """Return msgid -> msgstr as gettext stores them (plural forms joined by NUL)."""
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    keyword = ""
    for line in [*text.splitlines(), ""]:
        if not line.strip():
            _close(parts, found)
            parts = {}
        elif line.startswith("msg"):
            keyword, _, rest = line.partition(" ")
            parts[keyword] = ast.literal_eval(rest)
        elif line.startswith('"'):
            parts[keyword] += ast.literal_eval(line)
    return found


def _close(parts: dict[str, str], found: dict[str, str]) -> None:
    if "msgid" not in parts:
        return
    if "msgid_plural" in parts:
        found[f"{parts['msgid']}\0{parts['msgid_plural']}"] = parts["msgstr[0]"]
    else:
        found[parts["msgid"]] = parts["msgstr"]


def compiled(text: str) -> bytes:
    """Return the bytes of the .mo: header, two tables of (length, offset), then the strings."""
    pairs = sorted((key.encode(), value.encode()) for key, value in entries(text).items())
    start = 7 * 4 + 16 * len(pairs)
    tables: tuple[list[tuple[int, int]], ...] = ([], [])
    strings = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column].append((len(pair[column]), start + len(strings)))
            strings += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    body = b"".join(struct.pack("<2I", *place) for table in tables for place in table)
    return head + body + strings


if __name__ == "__main__":
    TARGET.write_bytes(compiled(SOURCE.read_text(encoding="utf-8")))
