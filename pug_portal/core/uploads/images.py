"""Every image is drawn anew: places, camera, thumbnails and anything hidden behind it stay outside."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

from .judging import UploadRefused

LONGEST_SIDE: Final = 2560
_STEPS: Final = ((2560, 82), (2048, 78), (1600, 74), (1280, 68), (1024, 60), (800, 50), (640, 40))


def redraw(data: bytes, *, keep_png: bool, max_bytes: int | None) -> tuple[bytes, str]:
    """The image without metadata, upright, at most 2560 px: (content, content type).

    JPEG, or PNG where keep_png says so (drawings and screenshots stay sharp).
    max_bytes shrinks a JPEG step by step until it fits. Raises UploadRefused.
    """
    picture = _decoded(data)
    if keep_png and max_bytes is None:
        return _saved(_within(picture, LONGEST_SIDE), "PNG", optimize=True), "image/png"
    flat = _flattened(picture)
    for side, quality in _STEPS:
        content = _saved(_within(flat, side), "JPEG", quality=quality, optimize=True, progressive=True)
        if max_bytes is None or len(content) <= max_bytes:
            break
    return content, "image/jpeg"


def _decoded(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        # Lets the JPEG decoder skip detail that is thrown away anyway.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise UploadRefused("Foto ini tidak dapat dibuka. Simpan ulang, lalu kirim lagi.") from None
    # A fresh image takes the pixels only; info, EXIF, XMP and colour profiles stay behind.
    mode = "RGBA" if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info else "RGB"
    pixels = upright.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    return clean


def _flattened(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _within(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) <= side:
        return picture
    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()
