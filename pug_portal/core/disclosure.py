"""The only place that hides a figure.

A published table must not tell that one of three known neighbours reported
violence. Counts from 1 to k-1 are hidden, margins included (primary); then as
many further cells as are needed so that nobody can compute them from what
remains (complementary). Whether that holds is not guessed but audited: for each
hidden count the exact smallest and largest value that fits everything published
is computed. With row and column sums this is a flow in a small network, so it
needs no solver (security.md 7.4).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

K: Final = 5
WITHHELD_SHARE: Final = 0.3  # a chart with more hidden cells is not published (ux.md V6)
_FREE: Final = 10**9


@dataclass(frozen=True)
class Hidden:
    """A count that is not shown; text stands in its place."""

    text: str

    def __str__(self) -> str:
        return self.text


Shown = int | Hidden


@dataclass(frozen=True)
class Suppressed:
    """A two-way table that may be published: cells[row][column] and its margins."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown

    @property
    def hidden_share(self) -> float:
        every = [cell for row in self.cells for cell in row]
        return sum(isinstance(cell, Hidden) for cell in every) / max(len(every), 1)

    @property
    def is_publishable(self) -> bool:
        return self.hidden_share <= WITHHELD_SHARE


def suppress(cells: Sequence[Sequence[int]], k: int = K) -> Suppressed:
    """Hide what a two-way table of counts must not tell. Every row has the same length."""
    table = _Table(cells, k)
    table.protect()
    return table.shown()


def suppress_list(counts: Sequence[int], k: int = K) -> tuple[tuple[Shown, ...], Shown]:
    """The same for a one-way list: (counts, total)."""
    table = suppress([counts], k)
    return table.cells[0], table.total


Cell = tuple[int, int]


class _Table:
    """The table with its margins as last row and last column.

    Margins count negatively, so every row and every column sums to zero and a
    change of one hidden cell travels as a closed walk: +d, -d, +d, -d.
    """

    def __init__(self, cells: Sequence[Sequence[int]], k: int) -> None:
        rows = [[*row, sum(row)] for row in cells]
        self.values = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
        self.height, self.width = len(self.values), len(self.values[0])
        self.k = k
        every = [(row, column) for row in range(self.height) for column in range(self.width)]
        self.small = [cell for cell in every if 0 < self.value(cell) < k]
        self.hidden = set(self.small)

    def value(self, cell: Cell) -> int:
        return self.values[cell[0]][cell[1]]

    def protect(self) -> None:
        """Add the cheapest rectangle through each cell that is not safe yet."""
        while unsafe := next((cell for cell in self.small if not self._is_safe(cell)), None):
            rectangle = min(self._rectangles(unsafe), key=self._cost, default=None)
            if rectangle is None:
                self.hidden = {(row, column) for row in range(self.height) for column in range(self.width)}
                return
            self.hidden.update(rectangle)

    def _is_safe(self, cell: Cell) -> bool:
        """It could be k or more, and it could be less than it is."""
        need, grow = self.k - self.value(cell), self._growing(cell)
        return self._room(cell, grow, need) >= need and self._room(cell, -grow, 1) >= 1

    def _rectangles(self, cell: Cell) -> Iterator[list[Cell]]:
        """Three further cells that alone would make this one safe."""
        row, column = cell
        need, grow = self.k - self.value(cell), self._growing(cell)
        for other_row in range(self.height):
            for other_column in range(self.width):
                if other_row == row or other_column == column:
                    continue
                beside, below, across = (row, other_column), (other_row, column), (other_row, other_column)
                up = min(self._slack(beside, -grow), self._slack(below, -grow), self._slack(across, grow))
                down = min(self._slack(beside, grow), self._slack(below, grow), self._slack(across, -grow))
                if up >= need and down >= 1:
                    yield [beside, below, across]

    def _cost(self, rectangle: list[Cell]) -> tuple[int, int]:
        """Few new holes first, small numbers before large ones; margins stay as long as possible."""
        new = [cell for cell in rectangle if cell not in self.hidden]
        margins = sum(self._is_margin(cell) for cell in new)
        return len(new) + margins, sum(self.value(cell) for cell in new)

    def _is_margin(self, cell: Cell) -> bool:
        return cell[0] == self.height - 1 or cell[1] == self.width - 1

    def _slack(self, cell: Cell, direction: int, low: int = 0, high: int = _FREE) -> int:
        """How far the signed value may move that way; a count stays within low and high."""
        grows = direction == self._growing(cell)
        return high - self.value(cell) if grows else self.value(cell) - low

    def _growing(self, cell: Cell) -> int:
        """The direction of the signed value in which the count itself grows."""
        return -1 if (cell[0] == self.height - 1) != (cell[1] == self.width - 1) else 1

    def _room(self, cell: Cell, direction: int, wanted: int, low: int = 0, high: int = _FREE) -> int:
        """How far a hidden cell can move that way (at most `wanted`) while all that is shown stays true."""
        capacity: dict[tuple[str, int], dict[tuple[str, int], int]] = {}
        for row, column in self.hidden - {cell}:
            forth = self._slack((row, column), -direction, low, high)
            back = self._slack((row, column), direction, low, high)
            capacity.setdefault(("r", row), {})[("c", column)] = forth
            capacity.setdefault(("c", column), {})[("r", row)] = back
        limit = min(wanted, self._slack(cell, direction, low, high))
        return _flow(capacity, ("r", cell[0]), ("c", cell[1]), limit)

    def shown(self) -> Suppressed:
        mark = Hidden(self._word())
        grid = [
            tuple(mark if (row, column) in self.hidden else value for column, value in enumerate(values))
            for row, values in enumerate(self.values)
        ]
        return Suppressed(
            cells=tuple(line[:-1] for line in grid[:-1]),
            row_totals=tuple(line[-1] for line in grid[:-1]),
            column_totals=grid[-1][:-1],
            total=grid[-1][-1],
        )

    def _word(self) -> str:
        """`kurang dari 5` only where it is true of every hidden cell and still leaves each one open."""
        if self.hidden == set(self.small) and all(
            self._room(cell, +1, 1, 1, self.k - 1) or self._room(cell, -1, 1, 1, self.k - 1)
            for cell in self.small
        ):
            return f"kurang dari {self.k}"
        return "disamarkan"


def _flow(
    capacity: dict[tuple[str, int], dict[tuple[str, int], int]],
    source: tuple[str, int],
    target: tuple[str, int],
    limit: int,
) -> int:
    """The largest flow from source to target, no further than limit; uses up the capacities."""
    total = 0
    while total < limit:
        path = _path(capacity, source, target)
        if not path:
            break
        step = min(limit - total, *(capacity[start][end] for start, end in path))
        for start, end in path:
            capacity[start][end] -= step
            capacity.setdefault(end, {}).setdefault(start, 0)
            capacity[end][start] += step
        total += step
    return total


def _path(
    capacity: dict[tuple[str, int], dict[tuple[str, int], int]],
    source: tuple[str, int],
    target: tuple[str, int],
) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    came: dict[tuple[str, int], tuple[str, int]] = {source: source}
    queue = deque([source])
    while queue and target not in came:
        here = queue.popleft()
        for there, left in capacity.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                queue.append(there)
    path = []
    while target in came and target != source:
        path.append((came[target], target))
        target = came[target]
    return path
