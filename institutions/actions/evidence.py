"""The evidence vault: a proof comes in once and is attached wherever it proves something."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from institutions.access import ensure_add_document, ensure_change_document, visible_documents
from institutions.models import Attachment, Document, DocumentEdition, Institution
from pug_portal.core import audit, uploads
from pug_portal.core.access import Refused
from pug_portal.core.models import StoredFile
from pug_portal.core.versions import claim


def _person(by):
    return by if getattr(by, "pk", None) else None


def _stored(upload: UploadedFile | StoredFile, klass: str, by) -> StoredFile:
    if isinstance(upload, StoredFile):
        return upload
    return uploads.receive(upload, by=by, kind="evidence", klass=klass)


@transaction.atomic
def add(
    upload: UploadedFile | StoredFile,
    *,
    title: str,
    kind: str,
    owner: Institution | None,
    klass: str = Document.Klass.INTERNAL,
    by,
    **fields,
) -> Document:
    """Put a proof into the vault. `fields`: number, dated, signer, prerequisites, processes.

    Raises UploadRefused for a file that is not taken.
    """
    ensure_add_document(by, owner)
    stored = _stored(upload, klass, by)
    document = Document.objects.create(
        title=title,
        kind=kind,
        owner=owner,
        klass=klass,
        file=stored,
        added_by=_person(by),
        **fields,
    )
    audit.record("document.added", document, by=by, sort=kind, klass=klass, sha256=stored.sha256[:12])
    return document


@transaction.atomic
def change_document(document: Document, *, changes: dict, version: int | None = None, by) -> Document:
    """Correct what is said about a proof; its class reaches the file too."""
    ensure_change_document(by, document)
    if "owner" in changes:
        ensure_add_document(by, changes["owner"])
    claim(document, version)
    changed = sorted(name for name, value in changes.items() if getattr(document, name) != value)
    for name in changed:
        setattr(document, name, changes[name])
    document.full_clean(exclude=["file"])
    document.save()
    StoredFile.objects.filter(pk=document.file_id).update(klass=document.klass)
    audit.record("document.changed", document, by=by, fields=changed)
    return document


@transaction.atomic
def replace_file(document: Document, upload, *, version: int | None = None, by) -> Document:
    """Bring a newer file; the earlier one stays as an edition, readable as before."""
    ensure_change_document(by, document)
    claim(document, version)
    stored = _stored(upload, document.klass, by)
    if stored.sha256 == document.file.sha256:
        raise Refused("Berkas ini sama dengan yang sudah tersimpan.")
    DocumentEdition.objects.create(
        document=document, number=document.edition, file=document.file, replaced_by=_person(by)
    )
    document.file, document.edition = stored, document.edition + 1
    document.save(update_fields=["file", "edition"])
    audit.record("document.changed", document, by=by, edition=document.edition, sha256=stored.sha256[:12])
    return document


@transaction.atomic
def attach(document: Document, *, to, by, caption: str = "") -> Attachment:
    """Use a proof at `to`, a record of any room; attaching twice changes the caption only.

    `to` is judged by its own room before this is called; the document is judged here.
    """
    if _person(by) and not visible_documents(by).filter(pk=document.pk).exists():
        raise Refused("Dokumen ini tidak dapat Anda lihat.")
    attachment, _ = Attachment.objects.update_or_create(
        document=document,
        target_type=to._meta.label_lower,
        target_id=to.pk,
        defaults={
            "target_label": _label_of(to),
            "caption": caption[:160],
            "attached_by": _person(by),
        },
    )
    audit.record("document.attached", document, by=by, to=to._meta.label_lower, at=str(to.pk))
    return attachment


@transaction.atomic
def detach(document: Document, *, from_, by) -> bool:
    """Take a proof away from a record; the document stays in the vault. Return whether it was there."""
    if _person(by) and not visible_documents(by).filter(pk=document.pk).exists():
        raise Refused("Dokumen ini tidak dapat Anda lihat.")
    removed, _ = document.attachments.filter(target_type=from_._meta.label_lower, target_id=from_.pk).delete()
    if removed:
        audit.record("document.detached", document, by=by, to=from_._meta.label_lower, at=str(from_.pk))
    return bool(removed)


def _label_of(target) -> str:
    label = target.audit_label() if hasattr(target, "audit_label") else str(target._meta.verbose_name)
    return f"{str(target._meta.verbose_name).capitalize()}: {label}"[:120]
