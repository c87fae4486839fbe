"""Is this file what its name says, and is it one of those we take?

Allow-list by extension and by first bytes and by a parser (security.md 8). No
library sees a macro or a polyglot, so containers are opened here, with limits
on what is read rather than on what the file declares.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import filetype
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import Image, UnidentifiedImageError

MEGABYTE: Final = 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_ENTRIES: Final = 2000
MAX_UNPACKED: Final = 100 * MEGABYTE
MAX_RATIO: Final = 100

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
_IMAGES: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_DOCUMENTS: Final = {".pdf": PDF, ".docx": DOCX}


class UploadRefused(ValueError):
    """The file is not taken; the text tells the sender what to do, in Indonesian."""


@dataclass(frozen=True)
class Kind:
    """What a place in the portal takes: extension -> content type, and the largest size in bytes."""

    types: Mapping[str, str]
    max_bytes: int
    spoken: str
    image_bytes: int | None = None  # re-encoded images are brought below this

    @property
    def accept(self) -> str:
        return ",".join(self.types)


KINDS: Final = {
    "photo": Kind(_IMAGES, 10 * MEGABYTE, "foto JPG, PNG, atau WebP", image_bytes=300 * 1024),
    "document": Kind(_DOCUMENTS, 10 * MEGABYTE, "PDF atau Word (.docx)"),
    "evidence": Kind({**_IMAGES, **_DOCUMENTS}, 10 * MEGABYTE, "foto, PDF, atau Word (.docx)"),
}


def judge(data: bytes, name: str, kind: Kind) -> str:
    """The content type of a file that may come in. Raises UploadRefused."""
    if not data:
        raise UploadRefused("Berkas ini kosong. Pilih berkas lain.")
    if len(data) > kind.max_bytes:
        raise UploadRefused(f"Berkas terlalu besar. Kirim paling besar {kind.max_bytes // MEGABYTE} MB.")
    declared = kind.types.get(PurePosixPath(name.lower()).suffix)
    if declared is None:
        raise UploadRefused(f"Jenis berkas ini belum dapat diterima. Kirim {kind.spoken}.")
    found = filetype.guess_mime(data)
    # Word files whose parts stand in an unusual order look like plain zips; the container check decides.
    if found != declared and not (declared == DOCX and found == "application/zip"):
        raise UploadRefused(f"Isi berkas tidak sesuai dengan namanya. Simpan ulang sebagai {kind.spoken}.")
    _PARSERS[declared](data)
    return declared


def _open_image(data: bytes) -> None:
    """Only the header is read here, so that a 48 KB file of 400 megapixels costs nothing."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            pixels = image.width * image.height
    except Image.DecompressionBombError:
        pixels = MAX_PIXELS + 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UploadRefused("Foto ini tidak dapat dibuka. Simpan ulang, lalu kirim lagi.") from None
    if pixels > MAX_PIXELS:
        raise UploadRefused("Ukuran foto terlalu besar. Perkecil sampai 40 megapiksel, lalu kirim lagi.")


_PDF_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA)(?![A-Za-z0-9])")
_PDF_TAIL = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*$")


def _open_pdf(data: bytes) -> None:
    """Header first, cross references where the tail says, nothing after the end, nothing that runs."""
    tail = _PDF_TAIL.search(data[-1100:].rstrip(b"\x00\r\n\t "))
    start = int(tail[1]) if tail else len(data)
    if not (tail and re.match(rb"\s*(?:xref|[0-9]+\s+[0-9]+\s+obj)", data[start : start + 40])):
        raise UploadRefused("PDF ini tidak lengkap. Simpan ulang sebagai PDF, lalu kirim lagi.")
    names = _PDF_NAME_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)
    if _PDF_ACTIVE.search(names):
        raise UploadRefused("PDF ini berisi program. Cetak ulang ke PDF, lalu kirim lagi.")


def _open_docx(data: bytes) -> None:
    check_container(
        data,
        part="word/document.xml",
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    )


_PARSERS: Final = {
    "image/jpeg": _open_image,
    "image/png": _open_image,
    "image/webp": _open_image,
    PDF: _open_pdf,
    DOCX: _open_docx,
}


def check_container(
    data: bytes, *, part: str, content_type: str, entries: int = MAX_ENTRIES, unpacked: int = MAX_UNPACKED
) -> None:
    """Refuse an Office file that is not the one meant, carries a program, or unpacks without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            listed = container.infolist()
            _refuse_bomb(listed, len(data), entries, unpacked)
            _refuse_names(listed)
            types = _read_capped(container, "[Content_Types].xml", unpacked)
            _refuse_other_types(types, part, content_type)
            # Parsing shows a damaged part now, and defusedxml refuses entities.
            fromstring(_read_capped(container, part, unpacked))
            _refuse_remote_template(container, unpacked)
    except (
        zipfile.BadZipFile,
        KeyError,
        ParseError,
        DefusedXmlException,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise UploadRefused("Berkas Office ini rusak. Simpan ulang, lalu kirim lagi.") from None


def _refuse_bomb(listed: list[zipfile.ZipInfo], size: int, entries: int, unpacked: int) -> None:
    total = sum(entry.file_size for entry in listed)
    if len(listed) > entries or total > unpacked or total > MAX_RATIO * max(size, 10_000):
        raise UploadRefused("Isi berkas Office ini terlalu besar. Bagi menjadi beberapa berkas.")


def _refuse_names(listed: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in listed]
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise UploadRefused("Berkas Office ini rusak. Simpan ulang, lalu kirim lagi.")
    if any("vbaproject" in name or "/activex/" in name or "oleobject" in name for name in names):
        raise UploadRefused("Berkas ini berisi program (makro). Simpan sebagai berkas tanpa makro.")


def _read_capped(container: zipfile.ZipFile, name: str, cap: int) -> bytes:
    """What a part really holds; its declared size may lie."""
    with container.open(name) as part:
        content = part.read(cap + 1)
    if len(content) > cap:
        raise UploadRefused("Isi berkas Office ini terlalu besar. Bagi menjadi beberapa berkas.")
    return content


def _refuse_other_types(types: bytes, part: str, content_type: str) -> None:
    overrides = {node.get("PartName"): node.get("ContentType", "") for node in fromstring(types)}
    if overrides.get(f"/{part}") != content_type or any(
        "macroEnabled" in kind for kind in overrides.values()
    ):
        raise UploadRefused("Isi berkas tidak sesuai dengan namanya. Simpan ulang, lalu kirim lagi.")


def _refuse_remote_template(container: zipfile.ZipFile, cap: int) -> None:
    """A document that fetches its template from elsewhere can bring a program with it."""
    name = "word/_rels/settings.xml.rels"
    if name in container.namelist():
        for node in fromstring(_read_capped(container, name, cap)):
            if node.get("TargetMode") == "External":
                raise UploadRefused("Berkas ini mengambil isi dari luar. Simpan sebagai berkas biasa.")
