"""Interleaved measuring: A B C A B C, so that what else the machine does falls on all alike."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
WARMING = 2  # rounds that are not counted


@dataclass(frozen=True)
class Result:
    """Milliseconds of one subject: median, least, most, and how many rounds."""

    median: float
    least: float
    most: float
    rounds: int


def interleaved(subjects: dict[Name, Callable[[], float]], *, rounds: int) -> dict[Name, Result]:
    """Run every subject once a round; each answers its seconds. Return milliseconds by name."""
    times: dict[Name, list[float]] = {name: [] for name in subjects}
    for number in range(WARMING + rounds):
        for name, run in subjects.items():
            seconds = run()
            if number >= WARMING:
                times[name].append(seconds * 1000)
    return {
        name: Result(median(values), min(values), max(values), len(values)) for name, values in times.items()
    }
