import uuid
from datetime import UTC, datetime, timedelta

import django_filters
import pytest
from django import forms
from django.core import signing
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pug_portal.core.lists import (
    FilterChips,
    IndonesianDateFilter,
    KeysetPage,
    Sort,
    capped_count,
    count_words,
)
from pug_portal.core.models import Obligation, StoredFile

START = datetime(2025, 8, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def duties(*days, kind="tenggat"):
    """Duties due so many days after START."""
    return Obligation.objects.bulk_create(
        Obligation(
            kind=kind,
            target_type="t",
            target_id=uuid.uuid4(),
            target_label="s",
            started_at=START,
            due_at=START + timedelta(days=day),
        )
        for day in days
    )


def page(address="", *, order=("-due_at", "id"), size=3, **options):
    return KeysetPage(
        Obligation.objects.all(), order=order, params=QueryDict(address.lstrip("?")), size=size, **options
    )


def walk(order, size):
    """Every row met going forward, then every row met going back to the beginning."""
    shown = page(order=order, size=size)
    forward = [row.pk for row in shown]
    while shown.next_url:
        shown = page(shown.next_url, order=order, size=size)
        forward += [row.pk for row in shown]
    backward = [row.pk for row in shown]
    while shown.previous_url:
        shown = page(shown.previous_url, order=order, size=size)
        backward = [row.pk for row in shown] + backward
    return forward, backward


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    days=st.lists(st.integers(0, 4), max_size=25),
    size=st.integers(1, 7),
    order=st.sampled_from(
        [
            ("-due_at", "id"),
            ("due_at", "id"),
            ("-due_at", "-id"),
            ("due_at", "-id"),
            ("started_at", "-due_at", "id"),
            ("id",),
        ]
    ),
)
def test_walking_forward_and_back_meets_each_row_once(days, size, order):
    Obligation.objects.all().delete()
    duties(*days)
    expected = list(Obligation.objects.order_by(*order).values_list("pk", flat=True))
    forward, backward = walk(order, size)
    assert forward == expected
    assert backward == expected


@pytest.mark.parametrize("rows", [10, 200])
def test_a_page_costs_two_queries_whatever_the_size(rows, django_assert_num_queries):
    duties(*range(rows))
    with django_assert_num_queries(2):
        first = page()
        list(first)
        assert first.next_url
        assert first.count_text
    with django_assert_num_queries(1):
        assert len(page(first.next_url, count=False)) == 3


def test_the_database_seeks_and_never_skips(django_assert_num_queries):
    duties(*range(10))
    address = page().next_url
    with django_assert_num_queries(1) as caught:
        page(address, count=False)
    sql = caught[0]["sql"]
    assert "OFFSET" not in sql
    assert " OR " not in sql
    assert "<=" in sql
    assert "NOT" in sql


def test_a_changed_or_foreign_cursor_shows_the_first_page():
    duties(*range(10))
    address = page().next_url
    assert [row.pk for row in page(address + "x")] == [row.pk for row in page()]
    assert [row.pk for row in page(address, order=("due_at", "id"))] == [
        row.pk for row in page(order=("due_at", "id"))
    ]
    assert [row.pk for row in page("?sesudah=" + signing.dumps(["x", 1]))] == [row.pk for row in page()]


def test_rows_that_vanish_do_not_break_the_way():
    rows = duties(*range(6))
    address = page().next_url
    Obligation.objects.filter(pk__in=[row.pk for row in rows[:3]]).delete()
    gone = page(address)
    assert list(gone) == []
    assert gone.next_url == ""
    assert gone.previous_url == "?"


def test_an_address_keeps_the_filters_and_shows_no_text():
    duties(*range(10))
    address = page("?kecamatan=tembalang&sesudah=old").next_url
    assert address.startswith("?kecamatan=tembalang&sesudah=")
    assert "old" not in address
    with pytest.raises(ValueError, match="put text into addresses"):
        KeysetPage(StoredFile.objects.all(), order=("name", "id"))
    assert list(KeysetPage(StoredFile.objects.all(), order=("name", "id"), public_order=True)) == []


@pytest.mark.parametrize("order", [("-stopped_at", "id"), ("owner__name", "id"), ("nothing", "id")])
def test_a_column_that_may_be_empty_or_is_none_is_refused(order):
    with pytest.raises(ValueError, match="may be empty|no column"):
        page(order=order)


def test_counts_stop_at_a_cap():
    duties(*range(12))
    assert capped_count(Obligation.objects.all()) == 12
    assert capped_count(Obligation.objects.all(), cap=10) == 11
    assert count_words(10_001) == "10.000+"
    assert count_words(10_000) == "10.000"
    first = page()
    assert first.count_text == "Menampilkan 1–3 dari 12"
    assert page(first.next_url).count_text == "Menampilkan 3 dari 12"
    assert page(count=False).count_text == ""


def test_the_pager_is_rendered_from_a_page():
    duties(*range(10))
    html = render_to_string("components/pager.html", {"page": page()})
    assert 'rel="next"' in html
    assert 'rel="prev"' not in html
    assert "Menampilkan 1–3 dari 10" in html


class DutyFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Jenis", choices=[("lapor", "Laporan"), ("rujuk", "Rujukan")])
    role = django_filters.MultipleChoiceFilter(
        label="Peran", field_name="owner_role", choices=[("a", "Admin"), ("b", "Bendahara")]
    )
    due = IndonesianDateFilter(label="Batas", field_name="due_at", lookup_expr="date")
    span = django_filters.DateFromToRangeFilter(label="Antara", field_name="due_at")
    late = django_filters.BooleanFilter(label="Terlambat", method="only_late")

    class Meta:
        model = Obligation
        fields = ()
        form = forms.Form

    def only_late(self, queryset, name, value):
        return queryset


def chips(address):
    params = QueryDict(address)
    return FilterChips(DutyFilter(params, queryset=Obligation.objects.all()), params)


def test_each_active_filter_is_a_chip_that_removes_only_itself():
    shown = chips("kind=lapor&due=7+Agustus+2025&halaman=x&sesudah=y")
    assert shown == [
        ("Jenis: Laporan", "?due=7+Agustus+2025&halaman=x"),
        ("Batas: 7 Agu 2025", "?kind=lapor&halaman=x"),
    ]
    assert shown.clear_url == "?halaman=x"


def test_several_values_are_several_chips():
    assert chips("role=a&role=b") == [("Peran: Admin", "?role=b"), ("Peran: Bendahara", "?role=a")]
    assert chips("role=a") == [("Peran: Admin", "?")]


def test_a_range_is_one_chip_and_yes_is_a_word():
    assert chips("span_after=2025-08-01&span_before=2025-08-31") == [("Antara: 1 Agu 2025–31 Agu 2025", "?")]
    assert chips("late=true") == [("Terlambat: ya", "?")]


def test_a_wrong_filter_is_no_chip():
    assert chips("kind=zzz") == []
    assert chips("") == []


OPTIONS = {"batas": ("Batas", ("due_at", "id")), "mulai": ("Mulai", ("started_at", "id"))}


def test_sort_links_turn_the_order_of_the_active_column():
    sort = Sort(OPTIONS, QueryDict("urut=batas&sesudah=x&kind=lapor"))
    assert sort.order == ("due_at", "id")
    due, started = sort.columns()
    assert (due["sorted"], due["sort_url"]) == ("ascending", "?kind=lapor&urut=-batas")
    assert (started["sorted"], started["sort_url"]) == (None, "?kind=lapor&urut=mulai")


def test_an_unknown_order_is_the_default_one():
    assert Sort(OPTIONS, QueryDict("urut=;drop"), default="-batas").order == ("-due_at", "-id")
    assert Sort(OPTIONS, QueryDict("urut=-mulai")).column("mulai")["sorted"] == "descending"


def test_a_list_that_ends_on_its_first_page_is_not_counted_again(django_assert_num_queries):
    duties(1, 2, 3)
    with django_assert_num_queries(1):
        assert page().total == 3
    duties(4)
    with django_assert_num_queries(2):
        assert page().total == 4


def test_counting_stops_where_the_list_says():
    duties(1, 2, 3, 4, 5)
    shown = page(cap=4)
    assert shown.total == 5
    assert shown.count_text == "Menampilkan 1–3 dari 4+"
