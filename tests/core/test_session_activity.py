"""A session is noted as in use now and then, and reading a page writes nothing."""

import time

from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

HOME = "/kerja/"
WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN")


def writes_of(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    return [query["sql"] for query in queries if query["sql"].startswith(WRITES)]


def test_a_second_page_in_half_a_minute_writes_nothing(as_, secretary):
    client = as_(secretary)
    client.get(HOME)
    assert UserSession.objects.get(user=secretary)
    assert writes_of(client) == []


def test_a_page_after_half_a_minute_is_noted(as_, secretary):
    client = as_(secretary)
    client.get(HOME)
    first = UserSession.objects.get(user=secretary).last_seen_at
    session = client.session
    session["last_seen"] = int(time.time()) - 40
    session.save()
    client.get(HOME)
    assert UserSession.objects.get(user=secretary).last_seen_at > first
