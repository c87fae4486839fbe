"""`portal.py bench` and `portal.py drill`: bench/, run with the environment of the tests."""

import subprocess

from tools import ROOT, environment


def bench(words: list[str]) -> int:
    python = environment.ensure(environment.TEST)
    return subprocess.run([python, "-m", "bench", *words], cwd=ROOT).returncode


def drill(words: list[str]) -> int:
    return bench(["kill", *words])
