"""Numbers and codes of the office: counters without gaps, random codes that can be read aloud."""

import secrets

from django.db import connection, models

from pug_portal.core import audit

# Without I, L, O, U and Y, which people misread; 31 is prime, so one check character catches every
# wrong character and every swapped pair.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXZ"


class Counter(models.Model):
    """The last number given out under one key, e.g. "case/2026"."""

    key = models.CharField("deret", max_length=60, primary_key=True)
    last = models.PositiveIntegerField("nomor terakhir", default=0)

    class Meta:
        app_label = "core"
        verbose_name = "deret nomor"
        verbose_name_plural = "deret nomor"
        default_permissions = ()

    def __str__(self):
        return f"{self.key}: {self.last}"


def next_number(key: str) -> int:
    """Give out the next number of `key` in the running transaction: no gap, no double."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is given out in the transaction that uses it")
    audit.hold_the_chain()
    Counter.objects.get_or_create(key=key)
    counter = Counter.objects.select_for_update().get(key=key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _check_character(body: str) -> str:
    # Weights 1, 2, 3, … modulo a prime: each single error and each swap changes the sum.
    total = sum(weight * ALPHABET.index(c) for weight, c in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def random_code(prefix: str, year: int, length: int = 5) -> str:
    """Return a code such as "SRN-26-7F3QX-M": prefix, two digits of the year, random, check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    short = f"{year % 100:02d}"
    return f"{prefix}-{short}-{body}-{_check_character(short + body)}"


def read_code(text: str) -> str | None:
    """Return the code meant by `text` (any case, spaces, missing dashes), None if it cannot be one.

    O is read as 0, I and L as 1, U as V.
    """
    plain = "".join(c for c in text.upper() if c.isalnum())
    letters = len(plain) - len(plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    prefix, rest = plain[:letters], plain[letters:].translate(str.maketrans("OILU", "011V"))
    year, body, check = rest[:2], rest[2:-1], rest[-1:]
    if not (prefix and year.isdigit() and body and set(body + check) <= set(ALPHABET)):
        return None
    if _check_character(year + body) != check:
        return None
    return f"{prefix}-{year}-{body}-{check}"
