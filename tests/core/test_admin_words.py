"""What a library says in English does not reach the administration."""

import random
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from institutions import demo, reference
from institutions.models import Institution
from pug_portal.core import audit
from pug_portal.core.history import spoken

# Words that no Indonesian sentence and no title in the reference data contains.
ENGLISH = re.compile(
    r"\b(add|and|breadcrumbs|change|choose|clear|confirm|date|delete|enter|export|filter|format|from|hide|"
    r"history|home|import|is|none|optional|please|recent|remove|required|save|search|select|show|sidebar|"
    r"submit|the|this|through|toggle|undo|update|view|welcome|with|yes|you|your)\b",
    re.I,
)
SPOKEN = ("alt", "aria-label", "placeholder", "title")
UNSPOKEN = {"script", "style", "code"}


class Words(HTMLParser):
    """Collect what a page says: its text, names for those who listen, and words on buttons."""

    def __init__(self):
        super().__init__()
        self.said, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.silent += tag in UNSPOKEN
        self.said += [found[name] for name in SPOKEN if found.get(name)]
        if tag == "input" and found.get("type") in {"submit", "button", "reset"}:
            self.said.append(found.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in UNSPOKEN

    def handle_data(self, data):
        if data.strip() and not self.silent:
            self.said.append(data.strip())


def english_on(answer) -> list[str]:
    words = Words()
    words.feed(answer.content.decode())
    return [text for text in words.said if ENGLISH.search(text)]


@pytest.fixture
def filled(db, secretary):
    reference.load()
    demo.fill({"sekretariat": [secretary]}, rng=random.Random(3))


def pages_of(model):
    """Return the addresses of a model's pages: those of its first row, too."""
    row = model._default_manager.first()
    names = [("changelist", []), ("add", []), ("import", []), ("export", [])]
    names += [(name, [row.pk]) for name in ("change", "history", "delete")] if row else []
    for name, args in names:
        try:
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)
        except NoReverseMatch:
            continue


def test_no_page_of_the_administration_speaks_english(filled, superuser, as_):
    client, wrong = as_(superuser), {}
    for address in [
        reverse("admin:index"),
        *(one for model in admin.site._registry for one in pages_of(model)),
    ]:
        answer = client.get(address)
        if answer.status_code == 200 and (said := english_on(answer)):
            wrong[address] = said
    assert wrong == {}


def test_an_import_that_fails_speaks_indonesian(filled, superuser, as_):
    address = reverse("admin:institutions_institution_import")
    assert english_on(as_(superuser).post(address, {})) == []


def test_history_tells_values_as_people_write_them():
    assert [spoken(value) for value in (None, "", True, False, "teks")] == ["—", "—", "ya", "tidak", "teks"]
    assert spoken(date(2026, 11, 23)) == "23 November 2026"


def test_history_names_a_choice_by_its_label(filled, superuser, as_):
    row = Institution.objects.agencies().first()
    row.kind, row.is_verified = Institution.Kind.UNIT, not row.is_verified
    row.save()
    page = as_(superuser).get(reverse("admin:institutions_institution_history", args=[row.pk]))
    assert "→ Satuan" in page.content.decode()


def test_a_line_of_the_record_says_its_kind_in_words(db, auditor, as_):
    with transaction.atomic():
        line = audit.record("export.made", auditor, by=auditor)
    page = as_(auditor).get(reverse("admin:core_auditevent_change", args=[line.pk])).content.decode()
    assert audit.KINDS["export.made"] in page and "export.made" not in page


def test_an_account_leads_only_those_to_its_working_page_who_may_open_it(
    db, auditor, admin_person, focal, as_
):
    page, working = (
        reverse("admin:core_user_change", args=[focal.pk]),
        reverse("core:account", args=[focal.pk]),
    )
    assert working not in as_(auditor).get(page).content.decode()
    assert working in as_(admin_person).get(page).content.decode()
