"""The database file, the record, the letters and the sessions hold no word that was told."""

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.crypto import CannotDecrypt, ConfidentialModel
from pug_portal.core.models import AuditEvent
from seruni_cases.actions.chronology import note
from seruni_cases.actions.identity import reveal
from seruni_cases.models import Case, CaseNote, Person

from .conftest import ADDRESS, CANARIES, NAME, NIK, STORY

CONFIDENTIAL = [
    m for m in apps.get_app_config("seruni_cases").get_models() if issubclass(m, ConfidentialModel)
]


@pytest.mark.parametrize("model", CONFIDENTIAL)
def test_every_field_is_classified_once(model):
    classes = [getattr(model.Classified, name, ()) for name in ("s0", "s1", "s2", "s3")]
    listed = [name for names in classes for name in names]
    assert sorted(listed) == sorted(f.name for f in model._meta.concrete_fields)


@pytest.mark.parametrize("model", CONFIDENTIAL)
def test_what_is_sensitive_or_identity_is_sealed_or_blind(model):
    names = (*getattr(model.Classified, "s2", ()), *getattr(model.Classified, "s3", ()))
    for name in names:
        field = model._meta.get_field(name)
        assert hasattr(field, "pad") or hasattr(field, "normalise"), (
            f"{model.__name__}.{name} is in the clear"
        )


def raw_dump():
    """Return every value of every table as the engine stores it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield bytes(value) if isinstance(value, memoryview) else value


def test_no_canary_lies_anywhere_in_the_database(as_, case, companion, referral, officer):
    note(case, kind="kronologi", text=STORY, happened_at=timezone.now(), by=companion)
    reveal(case, reason="HUBUNGI", note=STORY, by=companion)
    client = as_(companion)
    client.get(reverse("seruni_cases:case", args=[case.code]))
    client.post("/kerja/seruni/cari/", {"q": NAME})
    as_(officer).post(reverse("seruni_cases:card_draft"), {"called": NAME, "summary": STORY})
    dump = "\n".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in raw_dump()
    )
    assert case.code in dump  # the dump is real
    assert not [canary for canary in (*CANARIES, "081234567890", "canary") if canary in dump]


def test_a_name_moved_to_another_person_does_not_open(case):
    other = Person.objects.create(code="PNY-26-00000-0", name="Lain (fiktif)")
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {table} WHERE code = %s", [case.survivor_id])
        stolen = cursor.fetchone()[0]
        cursor.execute(f"UPDATE {table} SET name = %s WHERE code = %s", [stolen, other.code])
    with pytest.raises(CannotDecrypt):
        Person.objects.get(code=other.code).name  # noqa: B018


def test_a_note_does_not_open_in_another_case(case, companion):
    entry = note(case, kind="kronologi", text=STORY, happened_at=timezone.now(), by=companion)
    row = Case.objects.get(pk=case.pk)
    assert row.notes.get(pk=entry.pk).text == STORY
    stolen = CaseNote.objects.get(pk=entry.pk)
    stolen.pk = companion.pk
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {CaseNote._meta.db_table} WHERE kind = 'kronologi'")
        assert all(STORY.encode() not in bytes(blob) for (blob,) in cursor.fetchall())


def test_the_name_bucket_is_too_coarse_to_name_anybody(case):
    assert len(case.survivor.name_index) == 4
    assert len(case.survivor.nik_index) == 32


def test_the_record_of_a_whole_day_holds_codes_only(as_, case, companion, referral, partner):
    client = as_(partner)
    client.post(reverse("seruni_cases:answer", args=[referral.code]), {"note": STORY})
    told = "".join(f"{e.reason}{e.facts}{e.target_label}{e.actor_label}" for e in AuditEvent.objects.all())
    assert not [canary for canary in CANARIES if canary in told]


def test_pages_carry_no_personal_data_in_title_or_address(as_, companion, case):
    reveal(case, reason="HUBUNGI", note="Menelepon.", by=companion)
    page = as_(companion).get(reverse("seruni_cases:case", args=[case.code])).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert not [word for word in (NAME, NIK, ADDRESS) if word in title]
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if any(c in link for c in (NAME, NIK, "Canary"))]
