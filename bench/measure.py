"""Interleaved measuring: A B C A B C, so that what else the machine does falls on all alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """Milliseconds of one subject: median, least, most, and how many rounds."""

    name: str
    median: float
    least: float
    most: float
    rounds: int


def interleaved(subjects: dict[str, Callable[[], float]], *, rounds: int) -> dict[str, Result]:
    """Run every subject once a round and return its times in milliseconds; two rounds warm up."""
    times: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(rounds + 2):
        for name, run in subjects.items():
            seconds = run()
            if number >= 2:
                times[name].append(seconds * 1000)
    return {
        name: Result(name, median(values), min(values), max(values), len(values))
        for name, values in times.items()
    }
