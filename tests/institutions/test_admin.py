import random

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from institutions import demo
from institutions.models import AwardEdition, ContactPoint, Institution, LegalBasis, Page, Post
from pug_portal.core.models import AuditEvent

MODELS = [model for model in admin.site._registry if model._meta.app_label == "institutions"]


def at(model, page, *args):
    return reverse(f"admin:institutions_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def filled(register, secretary):
    """Reference and demonstration data, so that every list has rows."""
    demo.fill({"sekretariat": [secretary]}, rng=random.Random(3))


def test_every_model_of_the_room_that_people_keep_is_registered():
    names = {model._meta.model_name for model in MODELS}
    assert names >= {
        "institution", "region", "post", "postholder", "decree", "legalbasis", "award",
        "awardedition", "pokjaduty", "document", "contactpoint", "page",
    }  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_lists_pages_and_history_open_for_the_secretariat(filled, secretary, as_, model):
    client = as_(secretary)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(at(model, "changelist")).status_code == 200
    assert len(queries) <= 20
    assert client.get(at(model, "changelist"), {"q": "a"}).status_code == 200
    row = model.objects.first()
    assert client.get(at(model, "change", row.pk)).status_code == 200
    assert client.get(at(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_lists_search_with_a_help_text_and_show_few_columns(model):
    page = admin.site._registry[model]
    assert page.search_fields and page.search_help_text
    assert 3 <= len(page.list_display) <= 7
    assert page.list_per_page == 50


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_the_auditor_and_a_focal_point_find_nothing_here(register, auditor, focal, as_, model):
    assert as_(auditor).get(at(model, "changelist")).status_code in (302, 403)
    assert as_(focal).get(at(model, "changelist")).status_code in (302, 403)


def management(prefix):
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def test_adding_an_institution_goes_through_the_act(register, secretary, as_):
    form = {"name": "Dinas Peraga", "kind": "dinas"}
    answer = as_(secretary).post(at(Institution, "add"), form)
    assert answer.status_code == 302
    one = Institution.objects.get(name="Dinas Peraga")
    assert Post.objects.get(institution=one).title == "Kepala Dinas Peraga"
    assert AuditEvent.objects.filter(kind="institution.created").count() == 1


def test_changing_an_institution_is_recorded_and_keeps_history(register, office, secretary, as_):
    one = office("Diskan")
    form = {"abbreviation": "Diskan", "kind": "dinas", "address": "Jl. Contoh 2", "source": one.source}
    form |= management("former_names") | management("posts")
    answer = as_(secretary).post(at(Institution, "change", one.pk), form)
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.address == "Jl. Contoh 2" and one.name == "Dinas Perikanan"
    assert one.history.first().history_user == secretary
    assert AuditEvent.objects.get(kind="institution.changed").facts["fields"] == ["address"]


def test_law_is_declared_checked_for_several_rows_at_once(register, secretary, as_):
    rows = LegalBasis.objects.filter(level="uu", year=2005)
    form = {"action": "mark_in_force", "_selected_action": [row.pk for row in rows]}
    as_(secretary).post(at(LegalBasis, "changelist"), form)
    assert {row.status for row in rows.all()} == {"berlaku"}
    assert all(row.checked_on for row in rows.all())


def test_decrees_documents_and_holders_are_only_looked_at(filled, secretary, as_):
    client = as_(secretary)
    for name in ("decree", "document", "postholder"):
        model = next(one for one in MODELS if one._meta.model_name == name)
        assert client.get(at(model, "add")).status_code == 403
        assert client.post(at(model, "delete", model.objects.first().pk), {"post": "yes"}).status_code == 403


def test_an_institution_in_use_is_not_deleted(filled, office, secretary, as_):
    one = office("Bappeda")
    as_(secretary).post(at(Institution, "delete", one.pk), {"post": "yes"})
    assert Institution.objects.filter(pk=one.pk).exists()


def test_a_changed_contact_must_be_checked_again(register, secretary, as_):
    contact = ContactPoint.objects.get(slug="sapa-129")
    contact.checked_on = "2026-11-01"
    contact.save()
    form = {"name": contact.name, "phone": "130", "order": contact.order, "purpose": contact.purpose}
    assert as_(secretary).post(at(ContactPoint, "change", contact.pk), form).status_code == 302
    contact.refresh_from_db()
    assert contact.phone == "130" and contact.checked_on is None


def test_a_text_changed_here_is_recorded(register, secretary, as_):
    page = Page.objects.get(slug="pokja")
    as_(secretary).post(at(Page, "change", page.pk), {"title": "Baru", "body": "Isi baru."})
    page.refresh_from_db()
    assert page.title == "Baru"
    assert AuditEvent.objects.filter(kind="page.changed").exists()


def test_a_new_edition_brings_its_own_levels(register, secretary, as_):
    form = {"year": "2027", "name": "Penganugerahan Parahita Ekapraya"} | management("levels")
    form |= {"levels-TOTAL_FORMS": "1", "levels-0-rank": "1", "levels-0-name": "Pratama"}
    assert as_(secretary).post(at(AwardEdition, "add"), form).status_code == 302
    assert AwardEdition.objects.get(year=2027).levels.get().name == "Pratama"
