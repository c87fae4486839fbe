"""Field encryption: sealed fields, one data key per file, blind indexes.

A sealed value is `0x01 | alg(1) | key id(2) | nonce(12) | ciphertext | tag(16)` under AES-256-GCM.
Its associated data names format, model, field, row and scope, so a value moved anywhere else does
not open. Reading is lazy: the attribute decrypts when it is read, never when the row is loaded.

Rooms, in reading order: `sealing` (bytes), `keys` (data keys), `fields` (columns), `rows` (models and
querysets). Traps and decisions: docs/decisions/0005-field-encryption.md.
"""

from pug_portal.core.crypto.fields import (
    BlindIndexField,
    SealedDateField,
    SealedJSONField,
    SealedTextField,
    blind,
)
from pug_portal.core.crypto.keys import DataKey, forget_keys, scope_key, shred
from pug_portal.core.crypto.rows import ConfidentialModel, ConfidentialQuerySet
from pug_portal.core.crypto.sealing import CannotDecrypt, Sealed, SealedMisuse, seal, unseal
from pug_portal.core.keyring import derive

__all__ = [
    "BlindIndexField",
    "CannotDecrypt",
    "ConfidentialModel",
    "ConfidentialQuerySet",
    "DataKey",
    "Sealed",
    "SealedDateField",
    "SealedJSONField",
    "SealedMisuse",
    "SealedTextField",
    "blind",
    "derive",
    "forget_keys",
    "scope_key",
    "seal",
    "shred",
    "unseal",
]
