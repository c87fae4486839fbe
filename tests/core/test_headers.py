"""Every answer carries every header: public, working and administration pages, refusals and errors."""

import pytest
from django.conf import settings as project
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.urls import reverse

from pug_portal.core.access import Stale
from pug_portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NEEDED_IN_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
)


def dressed(answer):
    headers = answer.headers
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    policy = headers["Content-Security-Policy"]
    assert all(part in policy for part in NEEDED_IN_POLICY), policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert "no-store" in headers["Cache-Control"]
    assert "Server" not in headers and "X-Powered-By" not in headers
    return answer


@pytest.fixture
def unbroken():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", ["home:front", "home:help", "account_login", "account_reset_password"])
def test_public_pages(client, name):
    assert dressed(client.get(reverse(name))).status_code == 200


@pytest.mark.parametrize(
    "name", ["core:accounts", "core:invite", "usersessions_list", "mfa_index", "admin:index"]
)
def test_working_pages_are_not_found_by_search_engines(as_, admin_person, name):
    answer = dressed(as_(admin_person).get(reverse(name)))
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_refusals_and_unknown_pages(as_, focal, client):
    assert dressed(client.get("/tidak/ada/")).status_code == 404
    assert dressed(client.get("/undangan/salah/")).status_code == 410
    assert dressed(as_(focal).get(reverse("core:accounts"))).status_code == 403
    assert dressed(as_(focal).get("/kelola/", follow=True)).status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_methods_that_nothing_needs_are_refused(client, method):
    answer = getattr(client, method)("/")
    assert answer.status_code == 405
    assert {name: answer.headers.get(name) for name in ("Allow", "Permissions-Policy")} == {
        "Allow": "GET, HEAD, OPTIONS, POST",
        "Permissions-Policy": EXPECTED["Permissions-Policy"],
    }


def test_an_unknown_host_is_refused(unbroken):
    assert dressed(unbroken.get("/", headers={"host": "jahat.test"})).status_code == 400


def test_a_form_from_elsewhere_is_refused(focal):
    strict = Client(enforce_csrf_checks=True)
    answer = dressed(strict.post(reverse("account_login"), {"login": "x", "password": "y"}))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "problem, status",
    [(RuntimeError("x"), 500), (Stale(), 409), (DatabaseError("x"), 500)],
)
def test_errors(unbroken, as_, admin_person, monkeypatch, problem, status):
    unbroken.force_login(admin_person)
    monkeypatch.setattr("pug_portal.core.views.accounts._listed", lambda: (_ for _ in ()).throw(problem))
    answer = dressed(unbroken.get(reverse("core:accounts")))
    assert answer.status_code == status
    assert "Traceback" not in answer.content.decode()


def test_a_database_that_does_not_take_anything_is_told_kindly(unbroken, admin_person, monkeypatch):
    def refuse():
        raise OperationalError("database is locked")

    unbroken.force_login(admin_person)
    monkeypatch.setattr("pug_portal.core.views.accounts._listed", refuse)
    answer = dressed(unbroken.get(reverse("core:accounts")))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "locked" not in answer.content.decode()


def test_over_https_the_browser_is_told_to_stay_there(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    fresh = Client()
    answer = fresh.get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client, focal):
    client.post(reverse("account_login"), {"login": focal.username, "password": "sandi-uji-coba"})
    cookie = client.cookies[project.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not cookie["domain"]


def test_a_refusal_is_recorded_with_the_route_and_not_the_address(as_, focal):
    as_(focal).get(reverse("core:account", args=[focal.pk]))
    line = AuditEvent.objects.first()
    assert (line.kind, line.outcome, line.facts) == ("access.refused", "denied", {"route": "core:account"})
