"""How passwords are kept, and which are refused."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

# 19 MiB, two passes, one lane: OWASP's floor; security.md §6 measured 40-60 ms on two cores.
_two_at_a_time = threading.BoundedSemaphore(2)


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id at 19 MiB; at most two run at once, so that a flood of logins cannot take the memory."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1

    def encode(self, password, salt):
        with _two_at_a_time:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _two_at_a_time:
            return super().verify(password, encoded)


class LocalWordsValidator:
    """Refuses passwords built from the words everybody here would try first."""

    words = ("semarang", "seruni", "dp3a", "bappeda", "pokja", "gender", "password", "rahasia")

    def validate(self, password, user=None):
        rest = password.lower()
        for word in self.words:
            rest = rest.replace(word, "")
        if len(rest.strip("0123456789!@#$%.-_ ")) < 5:
            raise ValidationError(
                "Kata sandi ini mudah ditebak. Pakai empat kata acak atau susunan lain.",
                code="local_words",
            )

    def get_help_text(self):
        return "Hindari nama kota, nama dinas, dan tahun."
