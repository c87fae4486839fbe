"""Printing the annex of a decree; what leaves on paper is recorded."""

from django.db import transaction
from django.utils import timezone

from institutions.access import visible_decrees
from institutions.annex import annex_data
from institutions.models import Decree
from pug_portal.core import audit, documents
from pug_portal.core.access import Refused

FORMATS = {
    "pdf": (documents.pdf, documents.PDF),
    "docx": (documents.docx, documents.DOCX),
}


@transaction.atomic
def print_annex(decree: Decree, *, form: str, by) -> tuple[bytes, str]:
    """Return (content, content type) of the annex as "pdf" or "docx"."""
    if not visible_decrees(by).filter(pk=decree.pk).exists():
        raise Refused("Keputusan ini belum ditetapkan.")
    write, content_type = FORMATS[form]
    data = annex_data(decree, by_name=by.get_full_name(), now=timezone.now())
    audit.record("decree.printed", decree, by=by, form=form, lines=len(data["rows"]))
    return write("decree_annex", data), content_type
