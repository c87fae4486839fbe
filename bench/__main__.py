"""`python -m bench` measures; `python -m bench kill` kills the server under load and compares the ledger."""

import argparse
import sys
from pathlib import Path

from bench import report
from bench.drill import Drilled, drill
from bench.engines import ENGINES
from bench.run import measure
from bench.server import NotStarted
from bench.world import Failed
from tools.stop import Stop

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}


def main(words: list[str]) -> int:
    try:
        return _kill(words[1:]) if words[:1] == ["kill"] else _measure(words)
    except (Failed, NotStarted, Stop) as problem:
        print(problem, file=sys.stderr)
        return 2


def _measure(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="portal.py bench", description="Measure pages and first cards.")
    parser.add_argument("--size", type=_list_of(SIZES), default=["10k", "100k"], help="10k,100k")
    parser.add_argument("--engine", type=_list_of(ENGINES), default=list(ENGINES), help="sqlite,postgresql")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--report", type=Path, help="also write the tables to this file")
    asked = parser.parse_args(words)
    sizes = sorted(SIZES[name] for name in asked.size)
    found = [measure(engine, sizes, rounds=asked.rounds, say=_say) for engine in asked.engine]
    text = report.markdown(found, asked.rounds)
    if asked.report:
        asked.report.write_text(text + report.notes_of(asked.report), encoding="utf-8")
    print(text)
    return 0


def _kill(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="portal.py drill", description="Kill the server under load.")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--engine", type=_list_of(ENGINES), default=list(ENGINES), help="sqlite,postgresql")
    parser.add_argument("--seed", type=int, default=20261123, help="decides the moments of the kills")
    sabotage = "plant a fault: clients forget their key when they try again; must end with 1"
    parser.add_argument("--sabotage", action="store_true", help=sabotage)
    asked = parser.parse_args(words)
    found = []
    for engine in asked.engine:
        _say(f"{engine}: {asked.clients} clients, {asked.kills} kills")
        found.append(
            drill(engine, kills=asked.kills, clients=asked.clients, forgets=asked.sabotage, seed=asked.seed)
        )
    print(_table(found))
    return 1 if any(one.problems for one in found) else 0


def _table(drilled: list[Drilled]) -> str:
    lines = [f"{'engine':<12}{'kills':>6}{'acknowledged':>14}{'retries':>9}{'cards':>7}{'cases':>7}  result"]
    for one in drilled:
        word = f"{len(one.problems)} problems" if one.problems else "nothing lost, nothing doubled"
        counts = f"{one.kills:>6}{one.receipts:>14}{one.retries:>9}{one.cards:>7}{one.cases:>7}"
        lines.append(f"{one.engine:<12}{counts}  {word}")
        lines += [f"    {problem}" for problem in one.problems[:10]]
    return "\n".join(lines)


def _list_of(known):
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}; known: {', '.join(known)}")
        return names

    return read


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
