"""Read back, after a drill, everything that was written and everything that belongs to it."""

import re
from collections import Counter as Tally

from pug_portal.core import audit, triggers
from pug_portal.core.audit import AuditEvent
from pug_portal.core.models import Obligation, OutboxMessage, Submission
from pug_portal.core.numbers import Counter
from seruni_cases.models import Case, Complaint, SafeContact

MARK = re.compile(r"kartu-[0-9a-f]{32}")


def read() -> dict:
    """Return the ledger as plain values (shape: bench/comparison.py)."""
    return {
        "cards": _cards(),
        "cases": _cases(),
        "counters": dict(Counter.objects.values_list("key", "last")),
        "answers": list(Submission.objects.values_list("answer", flat=True)),
        "letters": _letters(),
        "chain": _chain(),
    }


def _cards() -> list[dict]:
    told = _lines("complaint.received")
    clocks = Tally(Obligation.objects.filter(kind="complaint.triage").values_list("target_id", flat=True))
    contacts = Tally(SafeContact.objects.values_list("file", flat=True))
    return [
        {
            "code": row.code,
            "mark": mark_in(row.summary),
            "lines": told[str(row.pk)],
            "clocks": clocks[row.pk],
            "contacts": contacts[row.pk],
        }
        for row in Complaint.objects.order_by("created_at").iterator(500)
    ]


def _cases() -> list[dict]:
    told = _lines("case.registered")
    return [
        {"code": row.code, "number": row.number, "card": row.complaint.code, "lines": told[str(row.pk)]}
        for row in Case.objects.select_related("complaint").order_by("registered_at").iterator(500)
    ]


def _lines(kind: str) -> Tally:
    return Tally(AuditEvent.objects.filter(kind=kind).values_list("target_id", flat=True))


def _letters() -> list[str]:
    """Return the keys of all letters; reading the recipient proves that each opens."""
    return [letter.key for letter in OutboxMessage.objects.iterator(500) if letter.recipient]


def _chain() -> str:
    """Return what is wrong with the record, "" when it is whole."""
    broken = audit.first_broken_link()
    return f"baris {broken[0]}: {broken[1]}" if broken else "; ".join(map(str, triggers.problems()))


def mark_in(summary: str | None) -> str:
    """Return the mark that a client wrote into a card's story, "" when there is none."""
    found = MARK.search(summary or "")
    return found[0] if found else ""
