"""Blind indexes: equal values are found, nothing else is learned, and they never fall behind."""

import pytest

from pug_portal.core.crypto import blind
from tests.core.folders import Folder

pytestmark = pytest.mark.django_db


def test_a_value_is_found_however_it_was_typed():
    row = Folder.objects.create(nik="3374.0101-0101 0001")
    assert Folder.objects.matching("nik_index", "3374010101010001").get() == row
    assert not Folder.objects.matching("nik_index", "3374010101010002").exists()


@pytest.mark.parametrize("nothing", ["", None, "tidak ada", "---"])
def test_searching_for_nothing_finds_nothing_although_many_rows_have_none(nothing):
    Folder.objects.create(nik=None)
    Folder.objects.create(nik="")
    assert not Folder.objects.matching("nik_index", nothing).exists()


def test_the_index_is_neither_the_value_nor_a_plain_hash_of_it():
    index = Folder.objects.create(nik="3374010101010001").nik_index
    assert len(index) == 32 and "3374" not in index
    assert blind("nik", "3374010101010001") == index != blind("telepon", "3374010101010001")


def test_the_index_follows_the_value_also_when_only_the_value_is_saved():
    row = Folder.objects.create(nik="1")
    row.nik = "2"
    row.save(update_fields=["nik"])
    assert Folder.objects.matching("nik_index", "2").get() == row
    assert not Folder.objects.matching("nik_index", "1").exists()


def test_the_index_follows_a_value_of_a_partly_loaded_row():
    row = Folder.objects.only("nik").get(pk=Folder.objects.create(nik="1").pk)
    row.nik = "2"
    row.save()
    assert Folder.objects.matching("nik_index", "2").get() == row


def test_an_emptied_value_leaves_no_index():
    row = Folder.objects.create(nik="1")
    row.nik = None
    row.save()
    assert Folder.objects.get(pk=row.pk).nik_index == ""


def test_the_index_is_seen_by_no_form():
    assert not Folder._meta.get_field("nik_index").editable
