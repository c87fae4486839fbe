"""Photos and documents that prove a duty report; kept once, in the evidence vault."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from focal_points.access import ensure
from focal_points.models import DutyReport
from focal_points.workflow import Verb
from institutions.actions import evidence
from institutions.models import Document
from pug_portal.core import uploads
from pug_portal.core.access import Refused

MOST = 3
RESTRICTED = Document.Klass.RESTRICTED
_PHOTOS = tuple(uploads.KINDS["photo"].types)


@transaction.atomic
def prove(report: DutyReport, *, files: Iterable[UploadedFile], by) -> list[Document]:
    """Keep the files and attach them to the report. Raises Refused beyond three in all."""
    ensure(by, Verb.CHANGE, report)
    files = list(files)
    there = Document.objects.attached_to(report).count()
    if there + len(files) > MOST:
        raise Refused(f"Satu laporan memuat paling banyak {MOST} bukti. Sudah ada {there}.")
    return [_keep(report, upload, by) for upload in files]


def _keep(report: DutyReport, upload: UploadedFile, by) -> Document:
    is_photo = PurePosixPath((upload.name or "").lower()).suffix in _PHOTOS
    # A photo is brought below 300 KB here, whatever the phone sent.
    stored = uploads.receive(upload, by=by, kind="photo" if is_photo else "document", klass=RESTRICTED)
    document = evidence.add(
        stored,
        title=report.title,
        kind=Document.Kind.PHOTO if is_photo else Document.Kind.ACTIVITY_REPORT,
        owner=report.agency,
        klass=RESTRICTED,
        by=by,
    )
    evidence.attach(document, to=report, by=by)
    return document


@transaction.atomic
def unprove(report: DutyReport, *, document: Document, by) -> None:
    """Take a proof off the report; the document stays in the vault."""
    ensure(by, Verb.CHANGE, report)
    evidence.detach(document, from_=report, by=by)
