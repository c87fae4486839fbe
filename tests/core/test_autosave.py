"""What is typed is kept on the server: sealed, one per person and form, never a secret."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from pug_portal.core import drafts
from pug_portal.core.models import Draft

pytestmark = pytest.mark.django_db


def address(form="laporan-baru"):
    return reverse("core:autosave", args=[form])


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_what_was_typed_comes_back_for_the_same_form_and_person(as_, focal, other_focal):
    answer = as_(focal).post(
        address(), {"judul": "Rapat (fiktif)", "tugas": ["a", "b"], "kosong": "", "idem": "x"}
    )
    assert answer.status_code == 200 and set(answer.json()) == {"saved_at", "words"}
    assert drafts.initial_for(request_of(focal), "laporan-baru") == {
        "judul": "Rapat (fiktif)",
        "tugas": ["a", "b"],
        "kosong": "",
    }
    assert drafts.initial_for(request_of(other_focal), "laporan-baru") == {}
    assert drafts.initial_for(request_of(focal), "laporan-lain") == {}


def test_saving_again_replaces_and_keeps_one(as_, focal):
    for text in ("satu", "dua"):
        as_(focal).post(address(), {"judul": text})
    assert Draft.objects.count() == 1
    assert drafts.initial_for(request_of(focal), "laporan-baru")["judul"] == "dua"


def test_secrets_and_keys_of_one_sending_are_not_kept(as_, focal):
    as_(focal).post(
        address(), dict.fromkeys(("idem", "csrfmiddlewaretoken", "password", "password1"), "rahasia")
    )
    assert drafts.initial_for(request_of(focal), "laporan-baru") == {}


def test_the_table_holds_nothing_in_the_clear(as_, focal):
    as_(focal).post(address(), {"uraian": "rahasia sekali"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM core_draft")
        assert b"rahasia" not in bytes(cursor.fetchone()[0])


def test_a_draft_can_be_thrown_away(as_, focal):
    as_(focal).post(address(), {"judul": "x"})
    assert as_(focal).post(address(), {"_buang": "1"}).json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_a_draft_is_gone_after_eight_hours(as_, focal):
    as_(focal).post(address(), {"judul": "x"})
    with time_machine.travel(timezone.now() + timedelta(hours=8, minutes=1)):
        assert drafts.initial_for(request_of(focal), "laporan-baru") == {}
        assert drafts.sweep() == 1


def test_too_much_is_refused_without_losing_the_earlier_draft(as_, focal):
    as_(focal).post(address(), {"judul": "awal"})
    assert as_(focal).post(address(), {"judul": "x" * 200_001}).status_code == 413
    assert drafts.initial_for(request_of(focal), "laporan-baru")["judul"] == "awal"


def test_strangers_keep_no_drafts_and_reading_is_no_saving(client, as_, focal):
    assert client.post(address(), {"judul": "x"}).status_code == 302
    assert as_(focal).get(address()).status_code == 405
    assert not Draft.objects.exists()
