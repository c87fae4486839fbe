"""Every trap of field encryption: what is moved, damaged, sorted, copied or bulk-written."""

import datetime
import json
import uuid

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Case, Count, F, Max, Q, Value, When
from django.db.models.functions import Upper
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pug_portal.core import crypto
from pug_portal.core.crypto import CannotDecrypt, DataKey, Sealed, SealedMisuse
from pug_portal.core.crypto.sealing import seal, unseal
from pug_portal.core.models import Draft
from tests.core.folders import Folder, Leaf, OtherLeaf

pytestmark = pytest.mark.django_db
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(st.characters(codec="utf-8"), max_size=400)


def raw(row, column):
    """Return what the table really holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [_key(row.pk)])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def overwrite(row, column, value):
    """Change the table behind the application's back, as its administrator could."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, _key(row.pk)])
    crypto.forget_keys()


def _key(pk):
    return pk.hex if connection.vendor == "sqlite" else pk


def reread(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def folder():
    return Folder.objects.create(name="Rahasia Fiktif", story="panjang " * 40, nik="3374 0101")


# Round trips ---------------------------------------------------------------------------------------


@quick
@given(texts)
def test_any_text_comes_back_as_it_was_written(text):
    assert Folder.objects.get(pk=Folder.objects.create(name=text).pk).name == text


@quick
@given(st.dates(), st.recursive(st.none() | st.booleans() | st.integers() | texts, st.lists, max_leaves=8))
def test_dates_and_json_come_back_as_they_were_written(day, extra):
    row = Folder.objects.get(pk=Folder.objects.create(born=day, extra=extra).pk)
    assert (row.born, row.extra) == (day, extra)


def test_a_point_in_time_given_to_a_date_is_stored_as_its_day():
    row = Folder.objects.create(born=datetime.datetime(1990, 5, 6, 7, 8))
    assert reread(row).born == datetime.date(1990, 5, 6)


def test_a_text_not_given_is_empty_and_one_that_may_be_missing_is_missing():
    row = reread(Folder.objects.create())
    assert (row.name, row.story, row.alias, row.born) == ("", "", None, None)


def test_empty_text_fails_validation_where_text_is_needed():
    with pytest.raises(ValidationError) as caught:
        Leaf(folder_id=uuid.uuid4(), note="").clean_fields()
    assert "note" in caught.value.message_dict


def test_bytes_and_expressions_are_refused_as_values(folder):
    for wrong in (b"bita", Value("x"), F("story"), Upper("name")):
        folder.name = wrong
        with pytest.raises(SealedMisuse), transaction.atomic():
            folder.save()


def test_the_table_holds_no_clear_byte_and_no_exact_length(folder):
    for column, text in (("name", folder.name), ("story", folder.story), ("nik", folder.nik)):
        stored = raw(folder, column)
        assert text.encode()[:8] not in stored
        assert len(stored) % 32 == 0
    lengths = {len(raw(Folder.objects.create(name="x" * n), "name")) for n in range(1, 28)}
    assert len(lengths) == 1


def test_two_seals_of_the_same_text_differ():
    one, other = Folder.objects.create(name="sama"), Folder.objects.create(name="sama")
    assert raw(one, "name") != raw(other, "name")


# Moving and damaging ------------------------------------------------------------------------------


def test_a_value_copied_to_another_row_does_not_open(folder):
    other = Folder.objects.create(name="Lain")
    overwrite(other, "name", raw(folder, "name"))
    with pytest.raises(CannotDecrypt):
        reread(other).name  # noqa: B018


def test_a_value_copied_to_another_row_of_the_same_file_does_not_open(folder):
    one = Leaf.objects.create(folder=folder, note="satu")
    two = Leaf.objects.create(folder=folder, note="dua")
    overwrite(two, "note", raw(one, "note"))
    with pytest.raises(CannotDecrypt):
        reread(two).note  # noqa: B018


def test_a_value_copied_to_another_column_does_not_open(folder):
    overwrite(folder, "alias", raw(folder, "name"))
    with pytest.raises(CannotDecrypt):
        reread(folder).alias  # noqa: B018


def test_a_value_copied_to_another_table_does_not_open(folder):
    leaf = Leaf.objects.create(folder=folder, note="rahasia")
    other = OtherLeaf.objects.create(id=leaf.id, folder=folder, note="x")
    overwrite(other, "note", raw(leaf, "note"))
    with pytest.raises(CannotDecrypt):
        reread(other).note  # noqa: B018


def test_a_row_moved_to_another_file_behind_the_back_does_not_open(folder):
    leaf = Leaf.objects.create(folder=folder, note="rahasia")
    other = Folder.objects.create(name="Lain")
    overwrite(leaf, "folder_id", _key(other.pk))
    with pytest.raises(CannotDecrypt):
        reread(leaf).note  # noqa: B018


def test_a_data_key_of_another_file_does_not_open(folder):
    other = Folder.objects.create(name="Lain")
    DataKey.objects.filter(scope=folder.pk).update(wrapped=bytes(DataKey.objects.get(scope=other.pk).wrapped))
    crypto.forget_keys()
    with pytest.raises(CannotDecrypt):
        reread(folder).name  # noqa: B018


@settings(quick, max_examples=400)
@given(texts, st.data())
def test_no_byte_of_a_seal_is_free_to_change(text, data):
    key, context = bytes(range(32)), b"tempat"
    sealed = bytearray(seal(key, text, context, pad=32))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotDecrypt):
        unseal(key, bytes(sealed), context, ring_id=0)


@settings(quick, max_examples=200)
@given(texts, st.data())
def test_a_shortened_seal_does_not_open(text, data):
    key, context = bytes(range(32)), b"tempat"
    sealed = seal(key, text, context, pad=32)
    with pytest.raises(CannotDecrypt):
        unseal(key, sealed[: data.draw(st.integers(0, len(sealed) - 1))], context, ring_id=0)


@settings(quick, max_examples=40)
@given(st.data())
def test_no_byte_in_the_table_is_free_to_change(data):
    row = Folder.objects.create(name="Rahasia")
    stored = bytearray(raw(row, "name"))
    stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))
    overwrite(row, "name", bytes(stored))
    with pytest.raises(CannotDecrypt):
        reread(row).name  # noqa: B018


@pytest.mark.parametrize("junk", [b"", b"teks polos", b"\x01\x01" + bytes(40), b"\x02\x01" + bytes(60)])
def test_clear_text_or_junk_in_the_column_is_not_taken_for_a_value(folder, junk):
    overwrite(folder, "name", junk)
    with pytest.raises(CannotDecrypt):
        reread(folder).name  # noqa: B018


def test_one_damaged_row_closes_neither_the_list_nor_the_page_nor_deleting(folder):
    good = Folder.objects.create(name="Utuh")
    overwrite(folder, "name", b"rusak")
    rows = list(Folder.objects.filter(pk__in=[folder.pk, good.pk]))
    page = Template("{% for r in rows %}[{{ r.name }}]{% endfor %}").render(Context({"rows": rows}))
    assert "[Utuh]" in page and "[]" in page
    Folder.objects.filter(pk=folder.pk).delete()


def test_a_damaged_value_is_never_saved_over(folder):
    overwrite(folder, "name", b"rusak")
    row = reread(folder)
    row.number = 7
    row.save()
    assert raw(row, "name") == b"rusak"
    row.pk = uuid.uuid4()
    with pytest.raises(CannotDecrypt), transaction.atomic():
        row.save(force_insert=True)


def test_a_shredded_file_stays_closed(folder):
    crypto.shred(folder.pk)
    with pytest.raises(CannotDecrypt):
        reread(folder).name  # noqa: B018


# Django's ways around a field ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda q: q.filter(name="x"),
        lambda q: q.filter(name=None),
        lambda q: q.exclude(name="x"),
        lambda q: q.filter(name__contains="x"),
        lambda q: q.filter(name__in=["x"]),
        lambda q: q.filter(name__upper__exact="x"),
        lambda q: q.filter(Q(name="x") | Q(number=1)),
        lambda q: q.filter(number=F("name")),
        lambda q: q.filter(Q(number=F("extra"))),
        lambda q: q.get(name="x"),
        lambda q: q.order_by("name"),
        lambda q: q.order_by("-name"),
        lambda q: q.order_by(F("name").desc()),
        lambda q: q.distinct("name"),
        lambda q: q.aggregate(Count("name")),
        lambda q: q.aggregate(Max("born")),
        lambda q: q.annotate(besar=Upper("name")),
        lambda q: q.annotate(besar=F("name")),
        lambda q: q.alias(besar=Upper("name")),
        lambda q: q.annotate(pilih=Case(When(number=1, then=F("name")), default=F("story"))),
        lambda q: q.values(),
        lambda q: q.values("name"),
        lambda q: q.values_list("id", "name"),
        lambda q: q.values_list("name", flat=True),
        lambda q: q.values(besar=F("name")),
        lambda q: q.update(name="x"),
        lambda q: q.update(name=b"x"),
        lambda q: q.update(name=None),
        lambda q: q.update(name=Value("x")),
        lambda q: q.update(name=F("story")),
        lambda q: q.update(number=F("name")),
        lambda q: q.update(nik_index="x"),
        lambda q: q.dates("born", "year"),
    ],
)
def test_asking_or_writing_by_a_sealed_column_raises(folder, ask):
    with pytest.raises(SealedMisuse):
        list(ask(Folder.objects.all()) or ())
    assert reread(folder).name == "Rahasia Fiktif"


@pytest.mark.parametrize(
    "ask",
    [
        lambda q: q.filter(folder__name="x"),
        lambda q: q.order_by("folder__name"),
        lambda q: q.values("folder__name"),
        lambda q: q.annotate(besar=Upper("folder__name")),
        lambda q: q.aggregate(Max("folder__name")),
    ],
)
def test_asking_by_a_sealed_column_of_a_joined_row_raises(folder, ask):
    Leaf.objects.create(folder=folder, note="x")
    with pytest.raises(SealedMisuse):
        list(ask(Leaf.objects.all()))


def test_bulk_update_raises_and_stores_nothing(folder):
    before = raw(folder, "name")
    folder.name = "baru"
    with pytest.raises(SealedMisuse), transaction.atomic():
        Folder.objects.bulk_update([folder], ["name"])
    assert raw(folder, "name") == before


def test_bulk_update_of_open_columns_keeps_sealed_ones(folder):
    folder.number = 9
    Folder.objects.bulk_update([folder], ["number"])
    assert (reread(folder).number, reread(folder).name) == (9, "Rahasia Fiktif")


def test_bulk_create_seals_every_row_with_few_queries(folder, django_assert_max_num_queries):
    rows = [Leaf(folder=folder, note=f"isi {n}") for n in range(50)]
    with django_assert_max_num_queries(5):
        Leaf.objects.bulk_create(rows)
    assert {leaf.note for leaf in Leaf.objects.all()} == {f"isi {n}" for n in range(50)}
    with django_assert_max_num_queries(7):
        made = Folder.objects.bulk_create(Folder(name=f"nama {n}", nik=f"{n}") for n in range(60))
    assert {f.name for f in Folder.objects.filter(pk__in=[m.pk for m in made])} == {
        f"nama {n}" for n in range(60)
    }
    assert Folder.objects.matching("nik_index", "59").get().name == "nama 59"


def test_asking_whether_a_value_is_there_is_allowed(folder):
    assert Folder.objects.filter(pk=folder.pk, alias__isnull=True).exists()


def test_a_marker_that_slips_through_cannot_be_shown_or_counted():
    marker = Sealed(b"abc")
    assert repr(marker) == "<tersegel>"
    for use in (str, bool, list, len, "{}".format):
        with pytest.raises(SealedMisuse):
            use(marker)


def test_a_deferred_column_is_loaded_when_read_and_kept_when_saved(folder):
    row = Folder.objects.defer("name").get(pk=folder.pk)
    row.number = 3
    row.save()
    assert reread(folder).name == "Rahasia Fiktif"
    assert Folder.objects.defer("name", "story").get(pk=folder.pk).name == "Rahasia Fiktif"
    assert Folder.objects.only("number").get(pk=folder.pk).story.startswith("panjang")


def test_a_deferred_column_named_in_update_fields_is_not_wiped(folder):
    row = Folder.objects.only("number").get(pk=folder.pk)
    row.save(update_fields=["name"])
    assert reread(folder).name == "Rahasia Fiktif"


def test_only_loads_what_opens_the_column_without_a_query_per_row(folder, django_assert_max_num_queries):
    Leaf.objects.bulk_create(Leaf(folder=folder, note=f"isi {n}") for n in range(20))
    with django_assert_max_num_queries(2):
        assert len([leaf.note for leaf in Leaf.objects.only("note")]) == 20


def test_a_copy_made_by_a_new_key_opens_in_its_new_place(folder):
    original = folder.pk
    row = Folder.objects.get(pk=original)
    row.pk = uuid.uuid4()
    row._state.adding = True
    row.save()
    assert (reread(row).name, reread(row).nik) == ("Rahasia Fiktif", "3374 0101")
    assert Folder.objects.get(pk=original).name == "Rahasia Fiktif"


def test_a_row_moved_to_another_file_by_the_application_opens_there(folder):
    leaf = reread(Leaf.objects.create(folder=folder, note="pindah"))
    other = Folder.objects.create(name="Lain")
    leaf.folder = other
    leaf.save()
    crypto.shred(folder.pk)
    assert reread(leaf).note == "pindah"


def test_refresh_brings_back_what_is_stored(folder):
    folder.name = "belum disimpan"
    folder.refresh_from_db()
    assert folder.name == "Rahasia Fiktif"


@pytest.mark.parametrize("shape", ["json", "jsonl", "xml", "python"])
def test_no_serializer_writes_a_confidential_row(shape):
    Folder.objects.create(born=datetime.date(1999, 1, 2), extra=7)
    with pytest.raises(SealedMisuse, match="cadangan"):
        serializers.serialize(shape, Folder.objects.only("id", "born"))


def test_dumpdata_refuses_and_says_what_to_use():
    Draft.objects.create(owner="x", form="y", content={"rahasia": 1}, expires_at="2030-01-01T00:00Z")
    with pytest.raises(CommandError, match="cadangan"):
        call_command("dumpdata", "core.draft")


# Keys while reading and writing -------------------------------------------------------------------


def test_a_page_reads_all_its_keys_with_one_query(django_assert_num_queries):
    Folder.objects.bulk_create(Folder(name=f"n{n}") for n in range(30))
    crypto.forget_keys()
    with django_assert_num_queries(2):
        assert len({row.name for row in Folder.objects.all()}) == 30


@pytest.mark.parametrize("way", ["select_related", "prefetch_related"])
def test_joined_rows_read_their_keys_together(way, django_assert_max_num_queries):
    for n in range(12):
        Leaf.objects.create(folder=Folder.objects.create(name=f"f{n}"), note=f"n{n}")
    crypto.forget_keys()
    with django_assert_max_num_queries(3):
        rows = getattr(Leaf.objects, way)("folder")
        assert len({(leaf.note, leaf.folder.name) for leaf in rows}) == 12


def test_a_long_search_loads_keys_by_pages_not_by_rows(django_assert_max_num_queries):
    Folder.objects.bulk_create(Folder(name=f"n{n}") for n in range(1100))
    crypto.forget_keys()
    with django_assert_max_num_queries(4):
        assert sum(row.name == "n7" for row in Folder.objects.iterator(chunk_size=2000)) == 1


def test_a_page_of_open_columns_needs_no_key(django_assert_num_queries):
    folder = Folder.objects.create(name="x")
    Leaf.objects.bulk_create(Leaf(folder=folder, note=f"isi {n}") for n in range(5))
    with django_assert_num_queries(1):
        assert len(Leaf.objects.only("id", "when")) == 5


def test_a_key_made_in_a_rolled_back_transaction_is_not_used_again():
    scope_holder = Folder(name="pertama")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        scope_holder.save()
        assert Folder.objects.get(pk=scope_holder.pk).name == "pertama"  # the key is remembered now
        1 / 0  # noqa: B018
    scope_holder._state.adding = True
    scope_holder.save()
    assert reread(scope_holder).name == "pertama"
    crypto.forget_keys()
    assert reread(scope_holder).name == "pertama"


def test_saving_open_columns_asks_for_no_key(folder, django_assert_num_queries):
    with django_assert_num_queries(1):
        folder.save(update_fields=["number"])


def test_saving_many_sealed_columns_asks_for_the_key_once(django_assert_max_num_queries):
    row = Folder.objects.create()
    row.name, row.alias, row.story, row.nik = "a", "b", "c", "d"
    with django_assert_max_num_queries(2):
        row.save()


def test_json_is_kept_as_plain_json_inside_the_seal():
    draft = Draft.objects.create(
        owner="o", form="f", content={"nama": ["Siti (fiktif)"]}, expires_at="2030-01-01T00:00Z"
    )
    assert b"Siti" not in raw(draft, "content")
    assert json.dumps(reread(draft).content) == '{"nama": ["Siti (fiktif)"]}'
