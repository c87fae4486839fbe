"""The public pages of the roof: open to all, neutral where it matters, free of dead links."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from institutions import reference as institutions_reference
from institutions.models import ContactPoint, Page
from pug_portal.core import drafts

pytestmark = pytest.mark.django_db

PAGES = (
    "front",
    "help",
    "rights",
    "safety",
    "services",
    "seruni",
    "about",
    "contact",
    "privacy",
    "accessibility",
    "sitemap",
)
IN_DANGER = ("help", "rights", "safety", "seruni")


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_opens_without_account(name, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert client.get(reverse(f"home:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_no_link_of_a_public_page_is_dead(name, client):
    body = client.get(reverse(f"home:{name}")).content.decode()
    addresses = set(re.findall(r'href="(/[^"#]*)', body)) - {"/static/"}
    dead = [
        address
        for address in addresses
        if not address.startswith("/static/") and client.get(address).status_code >= 400
    ]
    assert dead == []


@pytest.mark.parametrize("name", IN_DANGER)
def test_help_pages_tell_nothing_in_title_or_history(name, client):
    answer = client.get(reverse(f"home:{name}"))
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)[1].lower()
    assert not {"lapor", "kekerasan", "seruni", "pug"} & set(re.findall(r"\w+", title))
    assert answer["Cache-Control"] == "no-store"


def test_the_office_edits_what_a_public_page_says(client):
    institutions_reference.load()
    Page.objects.filter(slug="privasi").update(body="Kalimat baru dari kantor.")
    assert "Kalimat baru dari kantor." in client.get(reverse("home:privacy")).content.decode()


def test_an_unchecked_contact_is_not_published(client):
    ContactPoint.objects.update_or_create(
        slug="ppt-seruni", defaults={"name": "Meja pengaduan", "phone": "+622412345678", "checked_on": None}
    )
    assert "24) 12345678" not in client.get(reverse("home:help")).content.decode()


def test_a_checked_contact_is_shown_with_its_day(client):
    ContactPoint.objects.update_or_create(
        slug="ppt-seruni",
        defaults={
            "name": "Meja pengaduan",
            "phone": "+622412345678",
            "checked_on": timezone.localdate(),
        },
    )
    body = client.get(reverse("home:help")).content.decode()
    assert "tel:+622412345678" in body
    assert "Diperiksa" in body


def test_quick_exit_wipes_what_a_visitor_left(client):
    session = client.session
    session["x"] = 1
    session.save()
    request = type("R", (), {"session": session, "user": type("U", (), {"is_authenticated": False})()})()
    owner = drafts.owner_of(request)
    drafts.keep(owner, "uji", {"cerita": "rahasia"})
    answer = client.post(reverse("home:quick_exit"))
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert drafts.recall(owner, "uji") == {}
    assert not client.session.session_key or client.session.session_key != session.session_key


def test_quick_exit_leaves_a_working_officer_signed_in(officer, as_):
    client = as_(officer)
    client.post(reverse("home:quick_exit"))
    assert client.get(reverse("home:desk")).status_code == 200


def test_quick_exit_is_no_link(client):
    assert client.get(reverse("home:quick_exit")).status_code == 405
