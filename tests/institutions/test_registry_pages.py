import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from institutions.models import Institution
from pug_portal.core.models import AuditEvent


def at(name, *args):
    return reverse(f"institutions:{name}", args=args)


INSIDE = ["secretary", "chair", "leader", "head", "expert", "focal", "admin_person"]
OUTSIDE = ["officer", "companion", "partner", "data_manager", "auditor", "shelter_officer"]


@pytest.mark.parametrize("role", INSIDE)
def test_people_of_the_agencies_read_the_register(register, as_, role, request):
    client = as_(request.getfixturevalue(role))
    for name in ("registry", "decrees", "documents", "legal_bases"):
        assert client.get(at(name)).status_code == 200


@pytest.mark.parametrize("role", OUTSIDE)
def test_others_do_not(register, as_, role, request):
    client = as_(request.getfixturevalue(role))
    for name in ("registry", "decrees", "documents", "legal_bases"):
        assert client.get(at(name)).status_code == 403


def test_a_guest_is_asked_to_sign_in(db, client):
    assert client.get(at("registry")).status_code == 302


@pytest.mark.parametrize(
    "name", ["add_institution", "change_institution", "rename_institution", "close_institution", "add_post"]
)
def test_a_focal_point_finds_no_form(office, focal, as_, name):
    args = [] if name == "add_institution" else [office("Dinkes").pk]
    assert as_(focal).get(at(name, *args)).status_code == 403


def test_search_by_an_old_word_and_a_short_name(register, focal, as_):
    text = as_(focal).get(at("registry"), {"cari": "opd dinkes"}).content.decode()
    assert "Dinas Kesehatan" in text and "Dinas Pendidikan<" not in text


def test_an_empty_result_offers_a_way_back(register, focal, as_):
    text = as_(focal).get(at("registry"), {"cari": "xyzzy"}).content.decode()
    assert "Tidak ada lembaga yang cocok" in text and "Hapus semua penyaring" in text


def test_filters_name_what_waits(register, focal, as_):
    answer = as_(focal).get(at("registry"), {"keadaan": "belum-diperiksa", "jenis": "dinas"})
    assert answer.context["page"].total == 3
    answer = as_(focal).get(at("registry"), {"keadaan": "tanpa-focal-point"})
    assert answer.context["page"].total == 62


def test_the_page_of_an_institution_shows_its_focal_point(office, focal, as_):
    text = as_(focal).get(office("Dinkes").get_absolute_url()).content.decode()
    assert "Fitri Focal (fiktif)" in text and "Kepala Dinas Kesehatan" in text and "kosong" in text
    assert "Ubah data" not in text


def test_drafts_of_decrees_do_not_show_on_the_page_of_an_institution(composed, office, focal, secretary, as_):
    address = office("Dinkes").get_absolute_url()
    assert composed.number not in as_(focal).get(address).content.decode()
    assert composed.number in as_(secretary).get(address).content.decode()


@pytest.mark.parametrize("many", [10, 100])
def test_the_list_costs_the_same_with_many_rows(
    register, secretary, as_, many, django_assert_max_num_queries
):
    Institution.objects.bulk_create(
        Institution(name=f"Lembaga Peraga {n}", kind="dinas") for n in range(many)
    )
    client = as_(secretary)
    client.get(at("registry"))  # opening a session costs queries of its own
    for query in ({}, {"urut": "-jenis"}, {"cari": "peraga"}):
        with django_assert_max_num_queries(15):
            assert client.get(at("registry"), query).status_code == 200


def test_the_page_of_an_institution_stays_within_fifteen_queries(
    composed, office, secretary, as_, django_assert_max_num_queries
):
    client, address = as_(secretary), office("Setda").get_absolute_url()
    client.get(at("registry"))  # opening a session costs queries of its own
    with django_assert_max_num_queries(15):
        client.get(address)


def test_a_new_institution_is_added_once_however_often_it_is_sent(register, secretary, as_):
    client, form = as_(secretary), {"name": "Dinas Peraga", "kind": "dinas", "abbreviation": "Dispera"}
    form["idem"] = "5f0c1b1e-52b5-4b4e-9d0c-111111111111"
    first, second = client.post(at("add_institution"), form), client.post(at("add_institution"), form)
    assert first.status_code == second.status_code == 303
    assert first.url == second.url
    assert Institution.objects.get(name="Dinas Peraga").posts.count() == 1


def test_a_bad_form_keeps_what_was_typed(register, secretary, as_):
    answer = as_(secretary).post(
        at("add_institution"), {"name": "Dinas Kesehatan", "kind": "dinas", "website": "bukan situs"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Lembaga dengan nama ini sudah ada." in text and "diawali https://" in text
    assert 'value="bukan situs"' in text and "Galat:" in text


def test_changing_records_which_fields(office, secretary, as_):
    one = office("Dinkes")
    form = {"abbreviation": "Dinkes", "kind": "dinas", "address": "Jl. Contoh 1", "other_names": "DKK"}
    answer = as_(secretary).post(at("change_institution", one.pk), form)
    assert answer.status_code == 303
    event = AuditEvent.objects.get(kind="institution.changed")
    assert "address" in event.facts["fields"] and "kind" not in event.facts["fields"]


def test_renaming_to_the_same_name_is_told_in_the_form(office, secretary, as_):
    one = office("Dinkes")
    answer = as_(secretary).post(
        at("rename_institution", one.pk), {"name": one.name, "since": "1 Januari 2026"}
    )
    assert answer.status_code == 422 and "sama dengan nama sekarang" in answer.content.decode()


def test_a_post_is_filled_and_vacated(head_of, secretary, as_):
    post, client = head_of("Dinkes"), as_(secretary)
    filled = client.post(
        at("fill_post", post.pk), {"person_name": "Pejabat Fiktif", "sex": "P", "starts": "2 Januari 2026"}
    )
    assert filled.status_code == 303 and post.holder.person_name == "Pejabat Fiktif"
    vacated = client.post(at("vacate_post", post.pk), {"on": "3/2/2026", "reason": "mutasi"})
    assert vacated.status_code == 303 and post.holder is None


def test_a_post_without_a_name_is_refused_with_words(head_of, secretary, as_):
    answer = as_(secretary).post(at("fill_post", head_of("Dinkes").pk), {"starts": "31 Februari 2026"})
    assert answer.status_code == 422 and "Isi nama pejabat." in answer.content.decode()


def test_a_driver_is_not_closed_and_the_form_says_why(office, secretary, as_):
    answer = as_(secretary).post(at("close_institution", office("Bappeda").pk), {"on": "1/1/2026"})
    assert answer.status_code == 422 and "penggerak PUG" in answer.content.decode()


def test_the_register_leaves_as_workbook_and_as_csv(register, secretary, as_):
    client = as_(secretary)
    book = load_workbook(
        io.BytesIO(client.get(at("export_registry", "xlsx"), {"jenis": "kecamatan"}).content)
    )
    assert book.worksheets[0].max_row == 17
    text = client.get(at("export_registry", "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 89 and rows[0]["Jenis"] == "Badan"
    assert AuditEvent.objects.filter(kind="export.made").count() == 2


def test_exporting_needs_its_permission(register, focal, as_):
    assert as_(focal).get(at("export_registry", "csv")).status_code == 403
    assert as_(focal).get(at("import_registry")).status_code == 403
