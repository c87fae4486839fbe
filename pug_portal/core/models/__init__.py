from pug_portal.core.audit import AuditEvent
from pug_portal.core.crypto import DataKey
from pug_portal.core.models.desk import (
    Draft,
    KeyCheck,
    Obligation,
    OutboxMessage,
    ReviewNote,
    StoredFile,
    Submission,
)
from pug_portal.core.models.imports import UNDO_HOURS, ImportRun
from pug_portal.core.models.people import Invitation, RoleAssignment, User
from pug_portal.core.numbers import Counter

__all__ = [
    "UNDO_HOURS",
    "AuditEvent",
    "Counter",
    "DataKey",
    "Draft",
    "ImportRun",
    "Invitation",
    "KeyCheck",
    "Obligation",
    "OutboxMessage",
    "ReviewNote",
    "RoleAssignment",
    "StoredFile",
    "Submission",
    "User",
]
