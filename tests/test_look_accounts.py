"""Login, password and second factor speak Indonesian, in our look, under the strict policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

OPEN = ["account_login", "account_reset_password", "account_reset_password_done"]
OWN = ["account_logout", "account_change_password", "mfa_index", "mfa_list_webauthn", "usersessions_list"]
PHRASE = "kalimat rahasia yang panjang"
PROVEN = ["mfa_activate_totp", "mfa_add_webauthn"]
ENGLISH = re.compile(
    r"\b(sign in|sign out|log in|password|two-factor|authenticator app|security keys?|recovery codes"
    r"|submit|cancel|change|add|remove|generate|sessions)\b",
    re.IGNORECASE,
)


def short_menu(request):
    return [("Beranda", "/kerja/", True)]


@pytest.fixture(autouse=True)
def menu_without_rooms(settings):
    settings.MENU = "tests.test_look_accounts.short_menu"


@pytest.fixture
def signed_in(client, person):
    """A person who has just typed her password twice, as the pages of the second factor ask."""
    user = person(name="Contoh Petugas")
    user.set_password(PHRASE)
    user.save()
    client.post(reverse("account_login"), {"login": user.username, "password": PHRASE})
    client.post(reverse("account_reauthenticate"), {"password": PHRASE})
    return client


def words(html):
    without_scripts = re.sub(r"<script.*?</script>", " ", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", without_scripts)


def agrees(response):
    html = response.content.decode()
    assert response.status_code == 200
    assert not ENGLISH.search(words(html)), ENGLISH.findall(words(html))
    assert not re.search(r"\sstyle=|\son[a-z]+=|data:image", html)
    assert html.count("<h1") == 1
    return html


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN)
def test_pages_before_the_door(client, name):
    agrees(client.get(reverse(name)))


@pytest.mark.django_db
def test_a_refused_login_keeps_the_name_and_says_it_once(client):
    html = agrees(client.post(reverse("account_login"), {"login": "contoh", "password": "salah"}))
    assert 'value="contoh"' in html and html.count("data-error-summary") == 1
    assert "<title>Galat: Masuk" in html


@pytest.mark.parametrize("name", OWN + PROVEN)
def test_pages_of_ones_own_account(signed_in, name):
    agrees(signed_in.get(reverse(name)))


def test_the_code_to_scan_is_drawn_in_the_page(signed_in):
    html = signed_in.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in html and "<?xml" not in html and "<img" not in html


def test_recovery_codes_can_be_read_and_printed(signed_in):
    user = signed_in.get(reverse("mfa_index")).wsgi_request.user
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    signed_in.post(reverse("mfa_generate_recovery_codes"))
    html = agrees(signed_in.get(reverse("mfa_view_recovery_codes")))
    assert len(re.findall(r"<li>[0-9a-z]{8,}</li>", html)) == 10
