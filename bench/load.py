"""Fills an empty portal with fictional cases, quickly, and leaves nothing an act would have done undone.

The rows are sealed under keys of their own, numbered by the counter and told by an unbroken record,
so that the portal can be used on them and `verify_audit` passes.
"""

import gc
import random
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from bench import people
from bench.chain import Chain
from bench.rows import Batch, Office
from pug_portal.core.numbers import Counter
from pug_portal.core.upkeep import refresh_statistics
from seruni_cases.workflow import Outcome

SEED = 20261123
CHUNK = 500  # cases in one transaction
YEARS = 3
SETTLED_AFTER = timedelta(days=90)


def fill(cases: int) -> tuple[dict[str, list], Tally]:
    """Load `cases` cases over three years, and the reports that became none.

    Return (staff by role, rows by model).
    """
    with transaction.atomic():
        staff = people.make(companions=max(20, cases // 500))
    office, chain = Office(staff, people.partners(), random.Random(SEED)), Chain()
    now, counts = timezone.now(), Tally()
    for first in range(0, cases, CHUNK):
        with transaction.atomic(), _collecting_once():
            counts.update(_chunk(office, chain, range(first, min(first + CHUNK, cases)), cases, now))
    with transaction.atomic():
        counts.update(_waiting(office, chain, 40 + cases // 1000 if cases else 0, now))
        _keep_counters(office)
    _let_the_server_count()
    return staff, counts


def _let_the_server_count() -> None:
    """Do what PostgreSQL does by itself within a minute, and the portal's minute job for SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    refresh_statistics()


@contextmanager
def _collecting_once() -> Iterator[None]:
    """Look for garbage after a chunk instead of a thousand times within it: a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _chunk(office: Office, chain: Chain, indexes: range, cases: int, now: datetime) -> dict[str, int]:
    batch = Batch(office, chain)
    for index in indexes:
        at = moment(index, cases, now)
        batch.case(at, is_old=now - at > SETTLED_AFTER)
        if index % 8 == 0:
            batch.complaint(at, outcome=Outcome.ADVISED)
    return batch.write()


def _waiting(office: Office, chain: Chain, count: int, now: datetime) -> dict[str, int]:
    """Add the reports of the last hours, which nobody has judged yet."""
    batch = Batch(office, chain)
    for number in range(count, 0, -1):
        batch.complaint(now - timedelta(minutes=7 * number))
    return batch.write()


def moment(index: int, cases: int, now: datetime) -> datetime:
    """Return when case `index` was reported: evenly over three years, the last one yesterday."""
    span = timedelta(days=365 * YEARS)
    return now - timedelta(days=1) - span * ((cases - 1 - index) / max(cases - 1, 1))


def _keep_counters(office: Office) -> None:
    Counter.objects.bulk_create(
        Counter(key=f"case/{year}", last=last) for year, last in office.numbers.items()
    )
