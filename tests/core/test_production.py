"""Settings of production: clean under Django's and our own checks; each trap closed; loud when wrong."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from pug_portal.core import checks, startup
from pug_portal.core.models import KeyCheck, User
from tests.settings import DECIDED
from tools import ROOT

PRODUCTION = {
    **DECIDED,
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "pug_portal.settings",
    "DEMO": "false",
    "SITE_URL": "https://portal.example.test",
    "ALLOWED_HOSTS": "portal.example.test",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.test",
    "ENFORCE_SECOND_FACTOR": "true",
    "TRUSTED_PROXY_COUNT": "1",
}


def manage(*words, **environ):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=PRODUCTION | environ,
        capture_output=True,
        text=True,
    )


def ask(question, **environ):
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings as s; print({question})"],
        cwd=ROOT,
        env=PRODUCTION | environ,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or done.stderr


def test_production_settings_pass_every_check_without_a_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"DEMO": "true"}, "portal.E001"),
        ({"ENFORCE_SECOND_FACTOR": "false"}, "portal.E006"),
        ({"ALLOWED_HOSTS": "lain.example.test"}, "portal.W001"),
        ({"PORTAL_KEYRING_FILE": "/tidak/ada.json"}, "portal.E004"),
        ({"SITE_URL": "http://portal.example.test"}, "https://"),
        ({"SECRET_KEY": "pendek"}, "SECRET_KEY"),
    ],
)
def test_a_wrong_word_in_the_environment_is_named(wrong, words):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **wrong)
    assert done.returncode != 0 and words in done.stderr


def test_cookies_of_production_are_bound_to_the_host():
    asked = "s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_HTTPONLY"
    assert ask(asked) == "__Host-sesi True __Host-csrf True"


def test_the_address_of_the_database_keeps_its_own_wishes():
    url = "postgres://a:b@db/portal?sslmode=require"
    assert ask("s.DATABASES['default']['OPTIONS']['sslmode']", DATABASE_URL=url) == "require"


# Traps --------------------------------------------------------------------------------------------


def test_django_speaks_through_psycopg_2():
    assert is_psycopg3 is False
    assert checks.one_postgresql_driver(None) == []


def test_seeing_is_neither_importing_nor_exporting():
    assert (project.IMPORT_EXPORT_IMPORT_PERMISSION_CODE, project.IMPORT_EXPORT_EXPORT_PERMISSION_CODE) == (
        "import",
        "export",
    )
    assert project.IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT
    assert project.IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT


def test_no_upload_is_written_to_a_temporary_folder_in_the_clear():
    assert checks.uploads_stay_in_memory(None) == []
    assert project.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


@pytest.mark.django_db
def test_sqlite_is_opened_as_the_reliability_figures_ask():
    if connection.vendor == "postgresql":
        startup.verify_postgresql()
        return
    startup.verify_sqlite()
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] == 20


@pytest.mark.django_db
def test_a_start_with_a_weaker_sqlite_is_refused():
    if connection.vendor == "postgresql":
        return  # these are words of the other engine
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        try:
            with pytest.raises(startup.StartRefused, match="secure_delete"):
                startup.verify_sqlite()
        finally:
            cursor.execute("PRAGMA secure_delete=ON")


def test_nobody_signs_up_and_limits_live_in_the_database():
    assert ask("s.CACHES['default']['BACKEND'].rsplit('.', 1)[1]") == "DatabaseCache"
    assert project.ACCOUNT_ADAPTER == "pug_portal.core.accounts.AccountAdapter"


def test_limits_in_the_memory_of_one_process_are_named(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert [found.id for found in checks.limits_hold_across_workers(None)] == ["portal.E002"]


def test_messages_are_kept_in_the_session_and_not_in_a_cookie():
    assert "session" in project.MESSAGE_STORAGE


# Start --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_start_is_refused_with_fictional_people_outside_the_demonstration(settings, person):
    User.objects.filter(pk=person().pk).update(is_demo=True)
    call_command("check_start")
    settings.DEMO = False
    with pytest.raises(CommandError, match="akun peraga"):
        call_command("check_start")


@pytest.mark.django_db
def test_the_start_remembers_the_keys_it_was_made_with(capsys):
    call_command("check_start")
    assert "dapat dijalankan" in capsys.readouterr().out
    KeyCheck.objects.update(value="lain")
    with pytest.raises(CommandError, match="bukan kunci yang dipakai"):
        call_command("check_start")


@pytest.mark.django_db
def test_a_role_that_owns_the_tables_does_not_start_in_production(settings):
    if connection.vendor == "sqlite":
        return  # a file has no roles; its owner is the portal itself
    settings.SECURE_ORIGIN = True
    with pytest.raises(startup.StartRefused):
        startup.verify_postgresql()
    with connection.cursor() as cursor:
        for question in startup.OWNERSHIP:  # the tests run as the owner of everything
            cursor.execute(question, {"audit": "core_auditevent"})
            assert cursor.fetchone()[0], question
