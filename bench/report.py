"""The measurements as Markdown: ratios inside one run, never promises of milliseconds."""

from collections.abc import Iterator
from pathlib import Path

from bench.run import Measured
from bench.subjects import BARE, CARD, FLOOR, PAGES

PAGE_GOAL, GROWTH_GOAL, CARD_GOAL, RATE_GOAL = 3.0, 1.2, 2.5, 0.5
SERVERS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

HEAD = """\
# Measurements

Written by `python3 portal.py bench --report docs/bench.md`; how it is done stands in `bench/`.

Two shared cores with other work on them, both databases on the same disk, durable writes (SQLite
`synchronous=FULL`, PostgreSQL `fsync=on`), the shipped server command (two workers of four threads),
client and server on one machine. Each engine got one portal per size, with sealed rows and an unbroken
record as the office's own acts would have left them; all sizes and subjects were measured in the same
rounds, one after the other ({rounds} rounds, two more to warm up). Milliseconds show proportion only: on
another machine, or on another day, they are different. The ratios are what the goals speak of.

- **Floor B**: one indexed row, a template, a signed-in person, the whole middleware.
- **Bare insert**: a form with one text field that leaves one row, without anything that makes it trustworthy.
- **First card**: all answers of the desk, sealed, with safe contact, clock, record, and sent-once key.
"""


def markdown(measured: list[Measured], rounds: int) -> str:
    parts = [HEAD.format(rounds=rounds), _verdicts(measured)]
    for one in measured:
        parts += [f"## {SERVERS[one.engine]}\n", _loading(one), _pages(one), _writing(one)]
    return "\n".join(parts)


NOTES = "## Notes"


def notes_of(path: Path) -> str:
    """Return what was written by hand at the end of an earlier report, from its notes on."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[text.index(NOTES) :] if NOTES in text else ""


# The goals ------------------------------------------------------------------------------------------


def page_ratio(one: Measured, size: int, name: str) -> float:
    """Return the page's median over the floor of the same world."""
    return one.results[size, name].median / one.results[size, FLOOR].median


def growth(one: Measured, name: str) -> float:
    """Return the median at the largest size over the one at the smallest."""
    return one.results[one.sizes[-1], name].median / one.results[one.sizes[0], name].median


def card_ratio(one: Measured, size: int) -> float:
    return one.results[size, CARD].median / one.results[size, BARE].median


def rate_ratio(one: Measured, size: int) -> float:
    return one.desks[size].card / one.desks[size].bare


def _verdicts(measured: list[Measured]) -> str:
    lines = ["## Goals\n", "| goal | engine | measured | worst subject | met |", "|---|---|---|---|---|"]
    for one in measured:
        lines += _verdicts_of(one)
    return "\n".join([*lines, ""])


def _verdicts_of(one: Measured) -> Iterator[str]:
    engine, names = SERVERS[one.engine], [page.name for page in PAGES]
    ratio, worst = max(
        (page_ratio(one, size, name), f"{name} ({size:,})") for size in one.sizes for name in names
    )
    yield _verdict("P1 list <= 3 x floor B", engine, f"{ratio:.1f} x", worst, ratio <= PAGE_GOAL)
    if len(one.sizes) > 1:
        grown, worst = max((growth(one, name), name) for name in names)
        words = f"P1 growth {one.sizes[0]:,} -> {one.sizes[-1]:,} <= 1.2"
        yield _verdict(words, engine, f"{grown:.2f}", worst, grown <= GROWTH_GOAL)
    ratio, size = max((card_ratio(one, size), size) for size in one.sizes)
    yield _verdict("P7 card <= 2.5 x bare insert", engine, f"{ratio:.1f} x", f"{size:,}", ratio <= CARD_GOAL)
    rate, size = min((rate_ratio(one, size), size) for size in one.sizes)
    yield _verdict("P7 eight desks >= 0.5 x bare", engine, f"{rate:.2f} x", f"{size:,}", rate >= RATE_GOAL)
    errors = sum(desks.errors for desks in one.desks.values())
    yield _verdict("P7 eight desks: no errors", engine, f"{errors}", "", errors == 0)


def _verdict(goal: str, engine: str, found: str, worst: str, met: bool) -> str:
    return f"| {goal} | {engine} | {found} | {worst} | {'yes' if met else '**no**'} |"


# The tables -----------------------------------------------------------------------------------------


def _loading(one: Measured) -> str:
    words = (
        f"{size:,} cases: {sum(one.loaded[size]['rows'].values()):,} rows loaded in "
        f"{one.loaded[size]['seconds']:.0f} s"
        for size in one.sizes
    )
    return f"{'; '.join(words)}.\n"


def _pages(one: Measured) -> str:
    sizes = "".join(f" {size:,}: ms (least-most) | x floor |" for size in one.sizes)
    lines = [
        f"| page |{sizes} growth | queries | KiB |",
        "|---" * (4 + 2 * len(one.sizes)) + "|",
        f"| {FLOOR} |{_times(one, FLOOR)} {growth(one, FLOOR):.2f} | | |",
    ]
    for page in PAGES:
        held = [one.pages[size][page.name] for size in one.sizes]
        queries = "/".join(dict.fromkeys(str(h["queries"]) for h in held))
        weight = max(h["bytes"] for h in held) / 1024
        cells = f"{growth(one, page.name):.2f} | {queries} | {weight:.0f} |"
        lines.append(f"| {page.name} |{_times(one, page.name)} {cells}")
    return "\n".join([*lines, ""])


def _times(one: Measured, name: str) -> str:
    cells = ""
    for size in one.sizes:
        found = one.results[size, name]
        ratio = page_ratio(one, size, name)
        cells += f" {found.median:.1f} ({found.least:.1f}-{found.most:.1f}) | {ratio:.1f} |"
    return cells


def _writing(one: Measured) -> str:
    lines = [
        "| writing |" + "".join(f" {size:,} |" for size in one.sizes),
        "|---" * (1 + len(one.sizes)) + "|",
    ]
    for name in (BARE, CARD):
        found = [one.results[size, name] for size in one.sizes]
        cells = "".join(f" {one_.median:.1f} ms ({one_.least:.1f}-{one_.most:.1f}) |" for one_ in found)
        lines.append(f"| {name} |{cells}")
    lines.append("| card / bare |" + "".join(f" {card_ratio(one, size):.1f} x |" for size in one.sizes))
    desks = [one.desks[size] for size in one.sizes]
    lines.append("| eight desks, cards per second |" + "".join(f" {desk.card:.0f} |" for desk in desks))
    lines.append("| eight desks, bare per second |" + "".join(f" {desk.bare:.0f} |" for desk in desks))
    lines.append("| card / bare |" + "".join(f" {rate_ratio(one, size):.2f} x |" for size in one.sizes))
    lines.append("| refused |" + "".join(f" {desk.errors} |" for desk in desks))
    return "\n".join([*lines, ""])
