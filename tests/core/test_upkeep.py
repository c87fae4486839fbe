import pytest
from django.core.cache import cache
from django.db import connection

from pug_portal.core import upkeep

pytestmark = pytest.mark.django_db


def test_statistics_are_refreshed_once_a_day_where_the_database_does_not_do_it_itself():
    cache.clear()
    expected = 1 if connection.vendor == "sqlite" else 0
    assert upkeep.refresh_statistics() == expected
    assert upkeep.refresh_statistics() == 0


def test_the_planner_has_something_to_read_afterwards():
    cache.clear()
    if upkeep.refresh_statistics():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1")
            assert cursor.fetchone()[0] > 0
