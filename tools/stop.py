"""How a command ends early: one sentence, no traceback."""

import re

EXCEPTION = re.compile(r"^(?:[\w.]*(?:Error|Configured|Problem|Exception|Refused)): (.+)$")


class Stop(Exception):
    """The command cannot go on; its text is the one sentence the person reads."""


def reason(output: str) -> str:
    """Return the sentence a failed program ended with: its last exception's text, else its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    spoken = [match[1] for match in map(EXCEPTION.match, lines) if match]
    return (spoken or lines or ["tanpa keterangan"])[-1]
