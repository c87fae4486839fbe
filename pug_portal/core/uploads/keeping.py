"""From an upload to a row with an encrypted file behind it, and back to an answer."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse

from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.actors import NamedActor
from pug_portal.core.downloads import safe_filename, stream
from pug_portal.core.models import StoredFile

from . import vault
from .images import redraw
from .judging import KINDS, judge

# Opening one of these is an act that is written down.
_RECORDED: Final = (StoredFile.Klass.RESTRICTED, StoredFile.Klass.CONFIDENTIAL)
_SUFFIX: Final = {"image/jpeg": ".jpg", "image/png": ".png"}
# Names of case files say nothing; the caller may keep the real one in a sealed field.
_NEUTRAL: Final = {"photo": "foto", "document": "dokumen", "evidence": "berkas"}


def receive(
    upload: UploadedFile,
    *,
    by: Any,
    kind: str = "document",
    scope: uuid.UUID | None = None,
    klass: str | None = None,
) -> StoredFile:
    """Judge, redraw, encrypt and store one upload; the caller's action records it.

    kind is a key of KINDS. With a scope (a case) the file hangs on the case's key,
    is confidential, and has a neutral name. Raises UploadRefused. The file is on
    disk before the row exists: a rollback leaves garbage, never a row without file.
    """
    rules = KINDS[kind]
    data = upload.read(rules.max_bytes + 1)
    content_type = judge(data, upload.name or "", rules)
    if content_type.startswith("image/"):
        keep_png = content_type == "image/png"
        data, content_type = redraw(data, keep_png=keep_png, max_bytes=rules.image_bytes)
    return StoredFile.objects.create(
        name=_shown_name(upload.name or "", content_type, _NEUTRAL[kind], scope),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        klass=klass or (StoredFile.Klass.CONFIDENTIAL if scope else StoredFile.Klass.INTERNAL),
        scope=scope,
        storage_name=vault.write(data, scope=scope),
        created_by=None if isinstance(by, NamedActor) else by,
    )


def _shown_name(name: str, content_type: str, neutral: str, scope: uuid.UUID | None) -> str:
    path = PurePosixPath(safe_filename(name, fallback=neutral))
    suffix = _SUFFIX.get(content_type, path.suffix.lower())
    return f"{neutral if scope else path.stem[:100]}{suffix}"


def read(stored: StoredFile) -> bytes:
    """The whole content; for photos put into a document."""
    return b"".join(vault.pieces(stored.storage_name, scope=stored.scope))


def serve(request: HttpRequest | None, stored: StoredFile) -> StreamingHttpResponse:
    """The answer with the file; the view has judged who may see it.

    Images were redrawn here and may show in a page; everything else is a download.
    Another site cannot embed or fetch it.
    """
    public = stored.klass == StoredFile.Klass.PUBLIC
    site = request.headers.get("Sec-Fetch-Site", "none") if request else "none"
    if site not in ("same-origin", "none") and not public:
        raise Refused("Berkas ini hanya dapat dibuka dari portal.")
    if request and stored.klass in _RECORDED:
        audit.note("file.read", stored, by=request.user, scope=stored.scope)
    response = stream(
        stored.name,
        _opened(stored),
        stored.content_type,
        inline=stored.content_type in _SUFFIX,
    )
    response["Content-Length"] = str(stored.size)
    if public:
        response["Cache-Control"] = "public, max-age=86400, immutable"
    return response


def _opened(stored: StoredFile) -> Iterator[bytes]:
    """The pieces, the first one opened now: a damaged file is an error, not half an answer."""
    pieces = vault.pieces(stored.storage_name, scope=stored.scope)
    return chain([next(pieces)], pieces)


def discard(stored: StoredFile) -> None:
    """Delete the row, and the file when the transaction is through."""
    name = stored.storage_name
    stored.delete()
    transaction.on_commit(lambda: vault.remove(name))


def collect_garbage(older_than: int = 24 * 3600) -> int:
    """Remove files that no row names and that are older than so many seconds; how many."""
    limit = time.time() - older_than
    old = [path for path in Path(settings.FILES_DIR).glob("??/*") if path.stat().st_mtime < limit]
    known = set(StoredFile.objects.values_list("storage_name", flat=True))
    orphans = [path for path in old if path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
