"""Public codes: random, readable aloud, with a check character."""

from pug_portal.core.clock import today
from pug_portal.core.numbers import random_code


def fresh_code(model, prefix: str) -> str:
    """Return a code that no row of `model` carries; the year is the one on the office's wall."""
    code = random_code(prefix, today().year)
    while model.objects.filter(code=code).exists():
        code = random_code(prefix, today().year)
    return code
