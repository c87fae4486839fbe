"""Lists cost the same with ten rows as with a hundred, and hold no name."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pug_portal.core import crypto
from pug_portal.core.models import AuditEvent, Obligation
from pug_portal.core.roles import Role
from seruni_cases import demo, stats
from seruni_cases.access import visible_cases
from seruni_cases.models import Case, Complaint, Person, Referral

LISTS = [
    ("manager", "/kerja/seruni/aduan/?tampil=semua"),
    ("manager", "/kerja/seruni/kasus/?status=ditutup"),
    ("manager", "/kerja/seruni/kasus/?perhatian=tanpa_pendamping"),
    ("manager", "/kerja/seruni/identitas/"),
    ("partner", "/kerja/seruni/rujukan/"),
]


@pytest.fixture
def world(codes, candisari, officer, companion, manager, partner, hospital):
    """A small fictional office; call it with a scale."""
    people = {
        Role.COMPLAINT_OFFICER: [officer],
        Role.COMPANION: [companion],
        Role.CASE_MANAGER: [manager],
        Role.PARTNER: [partner],
    }
    return lambda scale: demo.fill(people, rng=random.Random(7), scale=scale)


def queries(client, url):
    client.get(url)  # the first page of a session also writes the session
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    asked = [q["sql"] for q in caught if _counts(q["sql"])]
    return asked[:1] + [sql for sql in asked[1:] if sql != asked[1]] + asked[1:2]


def _counts(sql):
    """Savepoints are the test's own; the list of sessions, which reads the account a second time,
    is the entrance's, on every page."""
    return not sql.startswith(("SAVEPOINT", "RELEASE")) and "usersessions_" not in sql


@pytest.mark.parametrize(("who", "url"), LISTS)
def test_a_list_never_needs_more_than_fifteen_queries(request, as_, world, who, url):
    client = as_(request.getfixturevalue(who))
    world(0.012)
    few = len(queries(client, url))
    world(0.11)
    many = len(queries(client, url))
    assert few <= 15 and many <= 15
    assert abs(many - few) <= 1


def test_the_case_page_never_needs_more_than_fifteen_queries(as_, world, companion):
    world(0.1)
    for case in Case.objects.open()[:5]:
        sql = queries(as_(companion), f"/kerja/seruni/kasus/{case.code}/")
        assert len(sql) <= 15, "\n".join(q[:150] for q in sql)


def test_lists_open_no_seal(as_, world, manager, monkeypatch):
    world(0.05)
    monkeypatch.setattr(crypto.SealedTextField, "open", lambda *a: pytest.fail("a list decrypted"))
    for url in ("/kerja/seruni/aduan/?tampil=semua", "/kerja/seruni/kasus/"):
        assert as_(manager).get(url).status_code == 200


def test_pages_follow_each_other_without_gap(as_, world, manager):
    world(0.1)
    client, url, seen = as_(manager), "/kerja/seruni/kasus/?status=ditutup", []
    while url:
        page = client.get(url).context["page"]
        seen += [case.code for case in page]
        url = f"/kerja/seruni/kasus/{page.next_url}" if page.next_url else ""
    assert len(seen) == len(set(seen)) == visible_cases(manager).filter(status="ditutup").count()


def test_an_empty_list_says_so_kindly(as_, officer, partner, codes):
    assert "Tidak ada aduan" in as_(officer).get("/kerja/seruni/aduan/").content.decode()
    assert "Tidak ada rujukan" in as_(partner).get("/kerja/seruni/rujukan/").content.decode()


@pytest.mark.parametrize("query", ["?status=ngawur", "?kecamatan=x", "?sesudah=rusak", "?risk=%00"])
def test_a_damaged_address_still_shows_a_page(as_, manager, codes, query):
    assert as_(manager).get(f"/kerja/seruni/kasus/{query}").status_code == 200


def test_the_demonstration_is_real_casework(world):
    counts = world(0.1)
    assert counts["kasus"] == Case.objects.count() == 91
    assert Complaint.objects.waiting_triage().count() == 6
    assert Obligation.objects.open().exists()
    assert AuditEvent.objects.filter(kind="case.registered").count() == 91
    assert all("(fiktif)" in person.name for person in Person.objects.all()[:20])
    assert {r.status for r in Referral.objects.all()} >= {"selesai"}
    assert all(row.packet for row in Referral.objects.all()[:5])
    numbers = sorted(Case.objects.filter(number__endswith="/2026").values_list("number", flat=True))
    assert [int(n[:5]) for n in numbers] == list(range(1, len(numbers) + 1))


def test_figures_count_every_case_once(world):
    world(0.1)
    for count in (stats.by_status, stats.by_kecamatan, stats.by_year):
        assert sum(n for _, n in count(Case.objects.all())) == Case.objects.count()
    assert sum(n for _, n in stats.by_violence(Case.objects.all())) >= Case.objects.count()
