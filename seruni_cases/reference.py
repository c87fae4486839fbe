"""Loads the code lists of seruni_cases/data; run again, it adds and never overwrites."""

import csv
from pathlib import Path

from seruni_cases.models import Code

DATA = Path(__file__).parent / "data"


def load() -> dict[str, int]:
    """Add what is missing of every list; return how many rows were added per list.

    A row that the office changed stays as it is: the lists are the office's from then on.
    """
    known = set(Code.objects.values_list("list", "code"))
    counts = {}
    for path in sorted(DATA.glob("*.csv")):
        missing = [row for row in _rows(path) if (row.list, row.code) not in known]
        counts[path.stem] = len(Code.objects.bulk_create(missing))
    return counts


def _rows(path: Path) -> list[Code]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_code(path.stem, order, row) for order, row in enumerate(csv.DictReader(file), 1)]


def _code(code_list: str, order: int, row: dict[str, str]) -> Code:
    return Code(
        list=Code.List(code_list),
        code=row["code"],
        label=row["label"],
        national=row["national"],
        gbvims=row["gbvims"] or None,
        group=row["group"],
        function=row["function"],
        order=order,
    )
