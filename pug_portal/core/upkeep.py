"""What a database needs now and then to stay quick."""

from django.core.cache import cache
from django.db import connection

DAY = 24 * 3600
ROWS_LOOKED_AT = 1000  # per index: a tenth of a second, whatever the size


def refresh_statistics() -> int:
    """Let SQLite learn once a day how its tables are filled; return 1 when it did.

    Without it, a filter on dates is answered by sorting everything it finds (docs/bench.md).
    PostgreSQL learns by itself.
    """
    if connection.vendor != "sqlite" or not cache.add("upkeep.statistics", True, DAY):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return 1
