"""What the clients were told against what the portal holds. Pure: lists in, sentences out.

Ledger: {"cards": [{"code", "mark", "lines", "clocks", "contacts"}], "cases": [{"code", "number",
"card", "lines"}], "counters": {key: last}, "answers": [address], "letters": [key], "chain": words}.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """One acknowledged act: the mark its card carries and the address the portal answered."""

    mark: str
    address: str
    act: str = "card"  # or "case"


def problems(receipts: Iterable[Receipt], ledger: dict) -> list[str]:
    """Return one sentence for each thing that does not fit; [] when nothing was lost or doubled."""
    receipts = list(receipts)
    return [
        *_lost_or_changed(receipts, ledger),
        *_doubled_cards(ledger),
        *_doubled("code", [row["code"] for row in ledger["cards"] + ledger["cases"]]),
        *_doubled("number", [row["number"] for row in ledger["cases"]]),
        *_doubled("letter", ledger["letters"]),
        *_gaps(ledger),
        *_incomplete(ledger),
        *([f"the record is broken: {ledger['chain']}"] if ledger["chain"] else []),
    ]


def _lost_or_changed(receipts: list[Receipt], ledger: dict) -> list[str]:
    cards, cases = _by_mark(ledger)
    found = []
    for receipt in receipts:
        kept = (cards if receipt.act == "card" else cases).get(receipt.mark, [])
        if not kept:
            found.append(f"{receipt.act} {receipt.mark} was acknowledged and is lost")
        elif not any(code in receipt.address for code in kept):
            found.append(f"{receipt.act} {receipt.mark} is kept under another code than its receipt's")
    return found


def _by_mark(ledger: dict) -> tuple[dict, dict]:
    """Return (mark -> codes of its cards, mark -> codes of the cases these cards became)."""
    cards, cases = defaultdict(list), defaultdict(list)
    registered = {row["card"]: row["code"] for row in ledger["cases"]}
    for row in ledger["cards"]:
        cards[row["mark"]].append(row["code"])
        if row["code"] in registered:
            cases[row["mark"]].append(registered[row["code"]])
    return cards, cases


def _doubled_cards(ledger: dict) -> list[str]:
    return _doubled("card", [row["mark"] for row in ledger["cards"] if row["mark"]])


def _doubled(what: str, values: list[str]) -> list[str]:
    return [f"{what} {value} stands {n} times" for value, n in Counter(values).items() if n > 1]


def _gaps(ledger: dict) -> list[str]:
    """Compare the office numbers of each year with 1..n and with the counter."""
    years = defaultdict(list)
    for row in ledger["cases"]:
        number, _, year = row["number"].split("/")
        years[year].append(int(number))
    found = []
    for year, numbers in years.items():
        last = ledger["counters"].get(f"case/{year}")
        if sorted(set(numbers)) != list(range(1, len(set(numbers)) + 1)) or last != max(numbers):
            found.append(f"the numbers of {year} have gaps or disagree with the counter ({last})")
    return found


def _incomplete(ledger: dict) -> list[str]:
    """Find rows without exactly what their act writes beside them."""
    wanted = [
        *(
            (row["code"], name, row[name])
            for row in ledger["cards"]
            for name in ("lines", "clocks", "contacts")
        ),
        *((row["code"], "lines", row["lines"]) for row in ledger["cases"]),
    ]
    found = [f"{code} has {count} {name} instead of 1" for code, name, count in wanted if count != 1]
    answered = len([address for address in ledger["answers"] if address])
    acts = len(ledger["cards"]) + len(ledger["cases"])
    if answered != acts:
        found.append(f"{acts} acts stand beside {answered} answered forms")
    return found
