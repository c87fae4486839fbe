import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pug_portal.core.disclosure import Hidden, suppress, suppress_list

K = 5
HIDDEN = Hidden("x")


def published(cells, table):
    """Everything the reader sees, as (cells, row totals, column totals, total)."""
    return table.cells, table.row_totals, table.column_totals, table.total


def fits(guess, seen):
    cells, row_totals, column_totals, total = seen
    columns = [sum(column) for column in zip(*guess, strict=True)]
    numbers = [*itertools.chain(*guess), *map(sum, guess), *columns, sum(columns)]
    shown = [*itertools.chain(*cells), *row_totals, *column_totals, total]
    return all(
        isinstance(shown_one, Hidden) or shown_one == number
        for shown_one, number in zip(shown, numbers, strict=True)
    )


def guesses(seen, reach):
    """Every table of counts up to `reach` that fits what was published: the attacker's work."""
    cells, row_totals, _, _ = seen
    lines = []
    for row, total in zip(cells, row_totals, strict=True):
        options = [range(reach + 1) if isinstance(cell, Hidden) else [cell] for cell in row]
        lines.append(
            [line for line in itertools.product(*options) if isinstance(total, Hidden) or sum(line) == total]
        )
    return (guess for guess in itertools.product(*lines) if fits(guess, seen))


def opened_cells(cells, seen, *, reach=12):
    """Small counts of which the attacker learns too much: bounded below k, or known not to be less."""
    possible = [set() for _ in itertools.chain(*cells)]
    for guess in guesses(seen, reach):
        for values, number in zip(possible, itertools.chain(*guess), strict=True):
            values.add(number)
    flat = itertools.chain(*cells)
    return [
        number
        for number, values in zip(flat, possible, strict=True)
        if 0 < number < K and (max(values) < K or min(values) >= number)
    ]


def primary_only(cells):
    hide = lambda number: HIDDEN if 0 < number < K else number  # noqa: E731
    columns = [sum(column) for column in zip(*cells, strict=True)]
    return (
        [[hide(number) for number in row] for row in cells],
        [hide(sum(row)) for row in cells],
        [hide(number) for number in columns],
        hide(sum(columns)),
    )


TABLES = [
    [[3, 10], [8, 9]],
    [[3, 10, 7], [8, 9, 6]],
    [[1, 2], [9, 9]],
    [[4, 4], [4, 4]],
    [[1, 0], [0, 0]],
    [[3, 0], [0, 9]],
    [[2, 9], [9, 0]],
    [[0, 4, 0], [7, 0, 8]],
    [[1, 1, 1]],
    [[3, 9, 12]],
    [[3], [9], [6]],
]


@pytest.mark.parametrize("cells", TABLES, ids=str)
def test_no_small_count_can_be_computed_from_what_is_published(cells):
    assert opened_cells(cells, published(cells, suppress(cells, K)), reach=14) == []


def test_the_attack_opens_a_table_that_hides_only_the_small_counts():
    cells = [[3, 10], [8, 9]]
    assert opened_cells(cells, primary_only(cells)) == [3]


def test_random_tables_withstand_the_attack():
    dice = random.Random(20250807)
    for _ in range(80):
        cells = [[dice.choice([0, 1, 2, 3, 4, 5, 6, 9]) for _ in range(3)] for _ in range(2)]
        seen = published(cells, suppress(cells, K))
        # With more holes the attacker below would try millions of tables.
        if sum(isinstance(cell, Hidden) for cell in itertools.chain(*seen[0])) < 5:
            assert opened_cells(cells, seen, reach=14) == [], cells


counts = st.integers(0, 60) | st.integers(0, 6)
tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=8)
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_every_small_number_is_hidden_and_every_shown_number_is_true(cells):
    table = suppress(cells, K)
    columns = [sum(column) for column in zip(*cells, strict=True)]
    true = [*itertools.chain(*cells), *map(sum, cells), *columns, sum(columns)]
    shown = [*itertools.chain(*table.cells), *table.row_totals, *table.column_totals, table.total]
    for number, seen in zip(true, shown, strict=True):
        assert isinstance(seen, Hidden) if 0 < number < K else isinstance(seen, Hidden) or seen == number
    assert len({str(seen) for seen in shown if isinstance(seen, Hidden)}) <= 1


def test_a_table_without_small_counts_is_published_as_it_is():
    table = suppress([[10, 0], [8, 9]])
    assert table.cells == ((10, 0), (8, 9))
    assert (table.row_totals, table.column_totals, table.total) == ((10, 17), (18, 9), 27)
    assert table.is_publishable


def test_a_list_hides_the_smallest_sufficient_neighbour():
    counts, total = suppress_list([40, 3, 12, 30])
    assert [isinstance(count, Hidden) for count in counts] == [False, True, True, False]
    assert total == 85
    assert str(counts[1]) == "disamarkan"


def test_a_list_of_several_small_counts_needs_no_further_one_and_says_so():
    counts, total = suppress_list([40, 3, 4, 2, 4])
    assert [str(count) for count in counts] == ["40", *["kurang dari 5"] * 4]
    assert total == 53


def test_a_list_that_cannot_be_protected_is_withheld():
    counts, total = suppress_list([3])
    assert isinstance(counts[0], Hidden)
    assert isinstance(total, Hidden)


def test_a_table_with_many_holes_is_not_published():
    assert not suppress([[1, 2], [3, 40]]).is_publishable


def test_the_threshold_is_a_setting_of_the_caller():
    counts, _ = suppress_list([12, 7, 30], k=10)
    assert isinstance(counts[1], Hidden)
    assert suppress_list([12, 7, 30], k=5)[0] == (12, 7, 30)


def test_a_large_table_is_protected_quickly():
    dice = random.Random(1)
    cells = [[dice.choice([0, 1, 2, 3, 7, 15, 40]) for _ in range(8)] for _ in range(17)]
    assert suppress(cells).hidden_share < 1
