"""Field shapes that several models of this room share."""

from django.conf import settings
from django.db import models
from django.db.models import TextChoices

from pug_portal.core.answers import with_meta
from pug_portal.core.crypto import BlindIndexField, blind
from pug_portal.core.wording import name_key, normalise_nik, parse_phone


class YesNo(TextChoices):
    YES = "ya", "Ya"
    NO = "tidak", "Tidak"


class Sex(TextChoices):
    FEMALE = "P", "Perempuan"
    MALE = "L", "Laki-laki"


YES_NO = with_meta(YesNo.choices)
SEXES = with_meta(Sex.choices)


def coded(words: str, **kwargs) -> models.CharField:
    """Return a column for a code of a list or one of the four meta answers."""
    return models.CharField(words, **{"max_length": 20, "blank": True, "default": "", **kwargs})


def person_key(words: str, **kwargs):
    """Return a key to an account that keeps the row when somebody leaves."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        **{"related_name": "+", "verbose_name": words, **kwargs},
    )


def comparable_nik(text: str) -> str:
    """Return the digits of a NIK, "" when there is nothing to compare."""
    try:
        return normalise_nik(text)
    except ValueError:
        return ""


def comparable_phone(text: str) -> str:
    """Return a telephone number in E.164, "" when there is nothing to compare."""
    try:
        return parse_phone(text)
    except ValueError:
        return ""


def name_bucket(name: str, birth_year: int | None) -> str:
    """Return 4 hex digits (16 bits) shared by spellings of one name and many others.

    Coarse on purpose: it finds candidates that the server decrypts and compares; alone it
    tells hardly anything (security design, 3.3).
    """
    key = name_key(name)
    return blind("person.name", f"{key}|{birth_year or ''}")[:4] if key else ""


class NameBucketField(BlindIndexField):
    """Keeps `name_bucket` of the row beside its sealed name."""

    def pre_save(self, instance, add):
        value = name_bucket(getattr(instance, self.of) or "", instance.birth_year)
        setattr(instance, self.attname, value)
        return value
