from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from institutions.actions import posts, publication
from institutions.models import ContactPoint, Document, LegalBasis


def page(name, *args, query="", client=None):
    return (client or Client()).get(reverse(f"institutions:{name}", args=args) + query)


@pytest.mark.parametrize("name", ["pokja", "legal_basis", "awards", "publications"])
def test_pages_stand_on_an_empty_portal(db, name):
    assert page(name).status_code == 200


def test_before_a_decree_the_page_says_so_kindly(register):
    assert "belum diterbitkan" in page("pokja").content.decode()


def test_everybody_reads_who_the_pokja_is(composed, secretary, head_of):
    posts.fill_post(
        head_of("Bappeda"), person_name="Pejabat Fiktif", sex="P", starts=date(2026, 1, 2), by=secretary
    )
    publication.publish_decree(composed, by=secretary)
    text = page("pokja").content.decode()
    assert "Pejabat Fiktif" in text and "Kepala Sekretariat" in text
    assert text.count("kosong") >= 62
    assert "<script" not in text


def test_the_chart_can_be_read_as_a_table(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    text = page("pokja", query="?tampilan=tabel").content.decode()
    assert text.count('<th scope="row">') == 65


def test_a_draft_is_not_shown_to_the_public(composed):
    assert composed.number not in page("pokja").content.decode()
    assert page("pokja_sheet", "a4").status_code == 404


@pytest.mark.parametrize(("paper", "status"), [("a4", 200), ("a3", 200), ("a5", 404)])
def test_the_chart_is_printed_on_two_papers(composed, secretary, paper, status):
    publication.publish_decree(composed, by=secretary)
    assert page("pokja_sheet", paper).status_code == status


def test_the_duties_are_on_the_page_with_the_note_about_kepala_desa(register):
    text = page("pokja").content.decode()
    assert "menyusun Profil Gender" in text and "Kepala desa tidak berlaku" in text


def test_only_checked_law_is_public(register):
    text = page("legal_basis").content.decode()
    assert "Instruksi Presiden Nomor 9 Tahun 2000" in text and "bukan undang-undang" in text
    assert "Rancangan Undang-Undang" not in text
    assert "Nomor 11 Tahun 2005" not in text


def test_the_public_cannot_ask_for_unchecked_law(register):
    text = page("legal_basis", query="?status=perlu_dicek").content.decode()
    assert "Tidak ada dasar hukum yang cocok" in text


def test_awards_name_their_levels(register):
    text = page("awards").content.decode()
    assert "Nindya" in text and "13 Oktober 2021" in text


def test_public_pages_stay_within_fifteen_queries(composed, secretary, django_assert_max_num_queries):
    publication.publish_decree(composed, by=secretary)
    for name in ("pokja", "legal_basis", "awards", "publications"):
        with django_assert_max_num_queries(15):
            page(name)


def test_a_contact_shows_only_when_filled_and_checked(register):
    assert not ContactPoint.objects.published().exists()
    contact = ContactPoint.objects.get(slug="sapa-129")
    contact.checked_on = timezone.localdate()
    contact.save()
    assert list(ContactPoint.objects.published()) == [contact] and contact.is_fresh


def test_nothing_is_law_by_default():
    assert LegalBasis().status == LegalBasis.Status.UNCHECKED
    assert Document().klass == Document.Klass.INTERNAL
