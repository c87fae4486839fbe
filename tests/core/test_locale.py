from pathlib import Path

import django_filters
import import_export
import pytest
from django.utils.translation import gettext, ngettext

from tools import messages

LIBRARIES = [Path(library.__file__).parent for library in (import_export, django_filters)]


def test_the_compiled_catalogue_is_that_of_its_source():
    assert messages.TARGET.read_bytes() == messages.compiled(messages.SOURCE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda folder: folder.name)
def test_every_word_of_a_library_without_a_catalogue_is_said_in_indonesian(library):
    assert not (library / "locale/id").exists(), "it has its own catalogue now: drop ours"
    theirs = (library / "locale/es/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    ours = messages.entries(messages.SOURCE.read_text(encoding="utf-8"))
    assert [text for text in messages.entries(theirs) if text and not ours.get(text)] == []


def test_placeholders_survive_the_translation():
    for text, said in messages.entries(messages.SOURCE.read_text(encoding="utf-8")).items():
        for mark in ("%s", "{}", "%(exc_name)s", "%(len)s", "%(resource_name)s", "%(verbose_name_plural)s"):
            assert text.partition("\0")[0].count(mark) == said.count(mark) or not text, text


def test_the_words_reach_the_pages():
    assert gettext("File to import") == "Berkas yang diimpor"
    assert (
        ngettext("Export %(len)s selected item.", "Export %(len)s selected items.", 3)
        == "Ekspor %(len)s baris terpilih."
    )
