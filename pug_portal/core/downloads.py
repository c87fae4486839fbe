"""Answers that carry a file: a harmless name, and headers that keep it from running."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

LONGEST_NAME: Final = 120
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


def safe_filename(name: str, fallback: str = "berkas") -> str:
    """A name for any file system: no folders, control or direction characters, at most 120 letters.

    The extension survives. `../`, CR/LF, right-to-left marks and reserved names do not.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", str(name)))[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " ")
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*%;]', "-", plain)).rstrip(" .").lstrip(" ")
    stem, dot, suffix = plain.rpartition(".")
    if not (dot and 0 < len(suffix) <= 10):
        stem, dot, suffix = plain, "", ""
    if not stem.strip(" .-") or _RESERVED.fullmatch(stem.split(".")[0]):
        stem = fallback
    return f"{stem[: LONGEST_NAME - len(suffix) - 1].rstrip(' .')}{dot}{suffix}"


def download(name: str, content: bytes | str, content_type: str, *, inline: bool = False) -> HttpResponse:
    """An answer with one file. inline only for images that were re-encoded here."""
    response = HttpResponse(content, content_type=content_type)
    _guard(response, name, inline=inline)
    return response


def stream(
    name: str, chunks: Iterable[bytes], content_type: str, *, inline: bool = False
) -> StreamingHttpResponse:
    """As download(), for content that is made or decrypted piece by piece."""
    response = StreamingHttpResponse(chunks, content_type=content_type)
    _guard(response, name, inline=inline)
    return response


def _guard(response: HttpResponseBase, name: str, *, inline: bool) -> None:
    response["Content-Disposition"] = (
        content_disposition_header(not inline, safe_filename(name)) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    # The document may not fetch, run or embed anything, whatever a viewer thinks it is.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
