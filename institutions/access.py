"""Who may see and do what with the institution of PUG; every sentence with "may" stands here."""

from django.db.models import Q, QuerySet

from institutions.models import Decree, Document, Institution
from pug_portal.core.access import SYSTEM, Refused

INSIDE = "institutions.view_registry"  # the roles of the city's own agencies


def may(by, permission: str) -> bool:
    """Whether `by` holds "institutions.<permission>"; the portal itself always may."""
    return by is SYSTEM or by.has_perm(f"institutions.{permission}")


def ensure(by, permission: str, reason: str = "Tugas ini bukan untuk peran Anda.") -> None:
    """Raise Refused unless `may`."""
    if not may(by, permission):
        raise Refused(reason)


# Decrees ------------------------------------------------------------------------------------------


def visible_decrees(user) -> QuerySet[Decree]:
    """Published decrees are public; drafts are seen by those who write or publish them."""
    if may(user, "manage_pokja") or may(user, "publish_decree"):
        return Decree.objects.all()
    return Decree.objects.published()


# Documents ----------------------------------------------------------------------------------------


def visible_documents(user) -> QuerySet[Document]:
    """Public ones for everybody; internal ones for the city's agencies; restricted ones for the owner,
    the person who added them, and the secretariat."""
    if may(user, "change_document"):
        return Document.objects.all()
    seen = Q(klass=Document.Klass.PUBLIC)
    if user.is_authenticated:
        seen |= Q(added_by=user)
        if user.has_perm(INSIDE):
            seen |= Q(klass=Document.Klass.INTERNAL) | Q(owner__in=user.institution_ids())
    return Document.objects.filter(seen)


def may_add_document(by, owner: Institution | None) -> bool:
    """The secretariat for everybody; people of an agency for their own agency."""
    if may(by, "add_document"):
        return True
    return owner is not None and by.has_perm(INSIDE) and owner.pk in by.institution_ids()


def ensure_add_document(by, owner: Institution | None) -> None:
    if not may_add_document(by, owner):
        raise Refused("Anda hanya dapat menambah dokumen untuk lembaga Anda sendiri.")


def may_change_document(by, document: Document) -> bool:
    """Whoever may add for the owner may also correct what was added there."""
    if may(by, "change_document"):
        return True
    return may_add_document(by, document.owner) and document.added_by_id == by.pk


def ensure_change_document(by, document: Document) -> None:
    if not may_change_document(by, document):
        raise Refused("Dokumen ini dirawat oleh yang menambahkannya dan oleh sekretariat.")
