"""`portal.py test`: one lane after the other, each timed, a table at the end."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import ROOT, environment, postgres
from tools.stop import Stop

PASSED, FAILED, SKIPPED = "passed", "FAILED", "skipped"
NO_TESTS = 5  # pytest's exit code when nothing was collected
CLOSING = re.compile(r"^=* ?(\d+ \w+.*|no tests ran.*) in [\d.]+s.*$")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Missing(Exception):
    """A lane cannot run here; the text says what is missing."""


@dataclass
class Outcome:
    lane: str
    result: str
    seconds: float
    word: str  # pytest's closing line, or why the lane was skipped


@dataclass(frozen=True)
class Call:
    """What a lane needs to run: the interpreter and the words after -k."""

    python: Path
    words: str


def test(names: list[str], *, words: str = "") -> int:
    """Run the named lanes (all without a name) and return 0 when everything that ran is green."""
    unknown = sorted(set(names) - set(LANES))
    if unknown:
        raise Stop(f"There is no lane {unknown[0]}; the lanes are {', '.join(LANES)}.")
    # With -k only tests are meant.
    chosen = names or [name for name in LANES if not (words and name == "lint")]
    call = Call(environment.ensure(environment.TEST), words)
    outcomes = [_timed(name, call) for name in chosen]
    print(_table(outcomes), flush=True)
    return 1 if _bad(outcomes, words) else 0


def _timed(name: str, call: Call) -> Outcome:
    print(f"\n== lane {name}", flush=True)
    start = time.monotonic()
    try:
        result, word = LANES[name](call)
    except Missing as reason:
        # On a machine that decides about a change nothing may stay untested.
        result, word = (FAILED if os.environ.get("CI", "").lower() == "true" else SKIPPED), str(reason)
    outcome = Outcome(name, result, time.monotonic() - start, word)
    print(f"== lane {name}: {outcome.result} after {outcome.seconds:.1f} s{_because(outcome)}", flush=True)
    return outcome


def _because(outcome: Outcome) -> str:
    return f" ({outcome.word})" if outcome.result == SKIPPED or outcome.word.startswith("no ") else ""


def _bad(outcomes: list[Outcome], words: str) -> bool:
    ran = [one for one in outcomes if not (words and one.word.startswith("no tests"))]
    return not ran or any(one.result == FAILED for one in ran)


def _table(outcomes: list[Outcome]) -> str:
    """Return the summary; it ends with pytest's own closing lines, one for each lane."""
    rows = [f"\n{'lane':<12}{'result':<10}{'seconds':>8}"]
    rows += [f"{one.lane:<12}{one.result:<10}{one.seconds:>8.1f}" for one in outcomes]
    rows.append(f"{'all':<12}{'':<10}{sum(one.seconds for one in outcomes):>8.1f}\n")
    return "\n".join(rows + [f"{one.lane + ':':<12}{one.word}" for one in outcomes])


# The lanes ----------------------------------------------------------------------------------------


def _lint(call: Call) -> tuple[str, str]:
    checks = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy", *_typed_rooms()),
    )
    names = {"check": "ruff check", "format": "ruff format"}
    bad = [words for words in checks if subprocess.run([call.python, *words], cwd=ROOT).returncode]
    failed = [names.get(words[2], words[1]) for words in bad]
    return (FAILED, f"failed: {', '.join(failed)}") if failed else (PASSED, "ruff and mypy found nothing")


def _typed_rooms() -> list[str]:
    """Return the modules that others call, the ones whose annotations are checked."""
    rooms = [ROOT / "pug_portal/core", ROOT / "tools"]
    for word in ("access", "actions", "workflow", "stats"):
        rooms += [*ROOT.glob(f"*/{word}.py"), *ROOT.glob(f"*/{word}/")]
    written = [path for path in rooms if path.suffix or any(path.glob("*.py"))]
    return [str(path.relative_to(ROOT)) for path in written if ".venv" not in path.parts]


def _sqlite(call: Call) -> tuple[str, str]:
    return _pytest(call, "-n", "2", "-m", "not e2e", database="")


def _postgresql(call: Call) -> tuple[str, str]:
    words = ("-n", "2", "-m", "not e2e")
    if given := os.environ.get("DATABASE_URL_TEST"):
        return _pytest(call, *words, database=given)
    if postgres.binaries() is None:
        raise Missing(
            "no PostgreSQL server is installed (Debian: apt install postgresql) and no DATABASE_URL_TEST"
        )
    with postgres.Cluster() as cluster:
        return _pytest(call, *words, database=cluster.url("portal"))


def _browser(call: Call) -> tuple[str, str]:
    if not any(map(shutil.which, CHROMIUM)):
        raise Missing("no Chromium is installed (Debian: apt install chromium)")
    return _pytest(call, "-m", "e2e", database="")


def _pytest(call: Call, *words: str, database: str) -> tuple[str, str]:
    environ = os.environ | {"DATABASE_URL_TEST": database, "PYTHONUNBUFFERED": "1"}
    command = [str(call.python), "-m", "pytest", "-q", *words]
    command += ["-k", call.words] if call.words else []
    code, closing = _tee(command, environ)
    if code == NO_TESTS:
        return FAILED, f"no tests: {closing}"
    return (FAILED if code else PASSED), closing


def _tee(command: list[str], environ: dict[str, str]) -> tuple[int, str]:
    """Run and show as it goes; return the exit code and pytest's closing line."""
    closing = "pytest did not finish"
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            plain = COLOURS.sub("", line).rstrip()
            closing = plain if CLOSING.match(plain) else closing
        return process.wait(), closing
    except KeyboardInterrupt:
        process.wait(timeout=30)
        raise


LANES: dict[str, Callable[[Call], tuple[str, str]]] = {
    "lint": _lint,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "browser": _browser,
}
