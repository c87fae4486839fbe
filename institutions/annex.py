"""The annex of a decree as the office prints it: "No | Nama/Jabatan dalam Dinas | Kedudukan"."""

from datetime import datetime

from institutions.models import Decree
from pug_portal.core import clock
from pug_portal.core.documents import printed_by

SIGNER = "WALI KOTA SEMARANG"


def annex_data(decree: Decree, *, by_name: str, now: datetime) -> dict:
    """Return the data of templates/print/decree_annex.typ and .docx."""
    members = list(decree.memberships.with_holders().in_order())
    rows = [
        {
            "no": str(number),
            "name": member.person_name,
            "title": member.office_title,
            "position": member.get_position_display(),
        }
        for number, member in enumerate(members, start=1)
    ]
    return {
        "title": f"Susunan {decree.get_subject_display()} Kota Semarang",
        "unit": f"Lampiran Keputusan {decree.institution or 'Wali Kota Semarang'}",
        "printed": printed_by(by_name, now),
        "draft": decree.is_draft,
        "number": decree.number or "… (belum bernomor)",
        "dated": clock.format_date(decree.dated) if decree.dated else "…",
        "about": decree.about,
        "rows": rows,
        "signer": str(decree.institution or SIGNER),
        "bases": [str(basis) for basis in decree.legal_bases.by_rank()],
    }
