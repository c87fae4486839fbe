import pytest
from django.urls import reverse

from institutions.actions import evidence
from institutions.models import Document
from tests.institutions.test_evidence import photo


def at(name, *args):
    return reverse(f"institutions:{name}", args=args)


@pytest.fixture
def document(dinkes, secretary):
    return evidence.add(
        photo(), title="Notulen rapat", kind="notulen", owner=dinkes, klass="restricted", by=secretary
    )


def test_a_document_is_added_with_its_tags(dinkes, focal, as_):
    answer = as_(focal).post(
        at("add_document"),
        {
            "title": "Foto kegiatan",
            "kind": "foto",
            "klass": "internal",
            "owner": dinkes.pk,
            "prerequisites": ["3", "1"],
            "processes": ["7"],
            "upload": photo(),
        },
    )
    assert answer.status_code == 303
    document = Document.objects.get()
    assert (document.prerequisites, document.processes, document.added_by) == ("13", "7", focal)


def test_a_form_without_file_and_kind_says_so(dinkes, focal, as_):
    answer = as_(focal).post(at("add_document"), {"title": "x", "klass": "internal", "owner": dinkes.pk})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Pilih berkas." in text and "Pilih jenis." in text


def test_another_agency_is_not_in_the_list_of_owners(disdik, focal, as_):
    answer = as_(focal).post(
        at("add_document"),
        {"title": "x", "kind": "foto", "klass": "internal", "owner": disdik.pk, "upload": photo()},
    )
    assert answer.status_code == 422 and not Document.objects.exists()


def test_a_restricted_document_does_not_exist_for_others(document, other_focal, officer, as_, client):
    for address in (at("document", document.pk), at("document_file", document.pk)):
        assert as_(other_focal).get(address).status_code == 404
    assert as_(officer).get(at("document_file", document.pk)).status_code == 404
    client.logout()
    assert client.get(at("document_file", document.pk)).status_code == 404


def test_the_owner_opens_page_and_file(document, focal, as_):
    client = as_(focal)
    assert "Notulen rapat" in client.get(at("document", document.pk)).content.decode()
    answer = client.get(at("document_file", document.pk))
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"


def test_a_public_document_is_downloaded_by_everybody(document, secretary, client):
    evidence.change_document(document, changes={"klass": "public"}, by=secretary)
    document.file.refresh_from_db()
    assert client.get(at("document_file", document.pk)).status_code == 200
    assert "Notulen rapat" in client.get(at("publications")).content.decode()


def test_the_page_says_where_a_proof_is_used(document, composed, secretary, as_):
    evidence.attach(document, to=composed, by=secretary, caption="halaman 2")
    text = as_(secretary).get(at("document", document.pk)).content.decode()
    assert composed.get_absolute_url() in text and "halaman 2" in text


def test_facts_and_file_are_changed(document, secretary, as_):
    client = as_(secretary)
    form = {"title": "Notulen rapat 2", "kind": "notulen", "klass": "internal", "version": document.version}
    assert client.post(at("change_document", document.pk), form).status_code == 303
    document.refresh_from_db()
    assert document.title == "Notulen rapat 2" and document.klass == "internal"
    answer = client.post(
        at("replace_file", document.pk), {"version": document.version, "upload": photo("navy")}
    )
    assert answer.status_code == 303
    assert client.get(at("edition_file", document.pk, 1)).status_code == 200
    assert client.get(at("edition_file", document.pk, 9)).status_code == 404


def test_who_may_only_see_may_not_change(document, chair, as_, secretary):
    evidence.change_document(document, changes={"klass": "internal"}, by=secretary)
    form = {"title": "Lain", "kind": "notulen", "klass": "internal", "version": 2}
    answer = as_(chair).post(at("change_document", document.pk), form)
    assert answer.status_code == 422
    document.refresh_from_db()
    assert document.title == "Notulen rapat"


@pytest.mark.parametrize("many", [10, 100])
def test_the_vault_costs_the_same_with_many_rows(
    document, secretary, as_, many, django_assert_max_num_queries
):
    Document.objects.bulk_create(
        Document(title=f"Dokumen {n}", kind="foto", file=document.file, owner=document.owner)
        for n in range(many)
    )
    client = as_(secretary)
    client.get(at("registry"))  # opening a session costs queries of its own
    for query in ({}, {"prasyarat": "3", "kelas": "internal"}, {"cari": "dokumen"}):
        with django_assert_max_num_queries(15):
            assert client.get(at("documents"), query).status_code == 200
    with django_assert_max_num_queries(15):
        client.get(at("document", document.pk))
