"""Confidential models of the tests' own: a folder that is its own file, and pages inside it."""

import uuid

from django.db import models

from pug_portal.core.crypto import (
    BlindIndexField,
    ConfidentialModel,
    SealedDateField,
    SealedJSONField,
    SealedTextField,
)


def digits(value: str) -> str:
    return "".join(c for c in value if c.isdigit())


class Folder(ConfidentialModel):
    number = models.PositiveIntegerField(default=0)
    name = SealedTextField(blank=True)
    alias = SealedTextField(null=True, blank=True)
    story = SealedTextField(pad=256, blank=True)
    born = SealedDateField(null=True, blank=True)
    extra = SealedJSONField(null=True, blank=True)
    nik = SealedTextField(null=True, blank=True)
    nik_index = BlindIndexField(of="nik", purpose="nik", normalise=digits)

    class Meta:
        app_label = "tests"


class Leaf(ConfidentialModel):
    cipher_scope = "folder_id"

    folder = models.ForeignKey(Folder, models.CASCADE, related_name="leaves")
    note = SealedTextField()
    other = SealedTextField(null=True)
    when = models.DateTimeField(null=True)

    class Meta:
        app_label = "tests"


class OtherLeaf(ConfidentialModel):
    """The same columns in another table."""

    cipher_scope = "folder_id"

    folder = models.ForeignKey(Folder, models.CASCADE, related_name="+")
    note = SealedTextField()
    made = models.UUIDField(default=uuid.uuid4)

    class Meta:
        app_label = "tests"


TABLES = (Folder, Leaf, OtherLeaf)
