import io
import re

import pytest
from django.utils import timezone
from docx import Document as WordFile

from institutions import chart
from institutions.actions import publication
from institutions.actions.printing import print_annex
from pug_portal.core import documents
from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent


def words_of(docx: bytes) -> list[list[str]]:
    (table,) = WordFile(io.BytesIO(docx)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_word_annex_has_one_row_for_each_member(composed, secretary):
    content, _ = print_annex(composed, form="docx", by=secretary)
    rows = words_of(content)
    assert rows[0] == ["No", "Nama/Jabatan dalam Dinas", "Kedudukan dalam Pokja"]
    assert rows[1] == ["1", "Wali Kota Semarang", "Pembina"]
    assert rows[3] == ["3", "Kepala Badan Perencanaan Pembangunan Daerah", "Ketua"]
    assert len(rows) == 66


def test_the_word_annex_shows_number_and_subject(composed, secretary):
    content, _ = print_annex(composed, form="docx", by=secretary)
    text = "\n".join(p.text for p in WordFile(io.BytesIO(content)).paragraphs)
    assert "050/FIKTIF/2026" in text and "15 Januari 2026" in text and "DRAF" in text


def test_names_with_markup_stay_text(draft, secretary):
    draft.memberships.create(position="anggota", title="<b>& {{ 7 * 7 }}</b>", person_name="A & B")
    content, _ = print_annex(draft, form="docx", by=secretary)
    assert words_of(content)[1][1] == "A & B - <b>& {{ 7 * 7 }}</b>"
    assert print_annex(draft, form="pdf", by=secretary)[0].startswith(b"%PDF")


def test_the_pdf_annex_is_made_and_recorded(composed, secretary):
    content, content_type = print_annex(composed, form="pdf", by=secretary)
    assert content.startswith(b"%PDF") and content_type == "application/pdf"
    event = AuditEvent.objects.get(kind="decree.printed")
    assert event.facts == {"form": "pdf", "lines": 65}


def test_the_annex_of_a_draft_is_not_for_everybody(composed, focal, secretary):
    with pytest.raises(Refused):
        print_annex(composed, form="pdf", by=focal)
    publication.publish_decree(composed, by=secretary)
    assert print_annex(composed, form="pdf", by=focal)[0]


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_wall_chart_fits_on_one_sheet(composed, secretary, paper):
    publication.publish_decree(composed, by=secretary)
    content = documents.pdf("pokja_chart", chart.chart_sheet(composed, paper, timezone.now()))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
