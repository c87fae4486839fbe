from seruni_cases.models.case import (
    Case,
    CaseAssignment,
    CaseNote,
    CaseViolence,
    Exclusion,
    IdentityReveal,
)
from seruni_cases.models.codes import Code, Codebook
from seruni_cases.models.complaint import Complaint
from seruni_cases.models.consent import Consent, DataKind
from seruni_cases.models.followup import Closure, ContactAttempt
from seruni_cases.models.people import Person, SafeContact
from seruni_cases.models.referral import Referral
from seruni_cases.models.services import Service

__all__ = [
    "Case",
    "CaseAssignment",
    "CaseNote",
    "CaseViolence",
    "Closure",
    "Code",
    "Codebook",
    "Complaint",
    "Consent",
    "ContactAttempt",
    "DataKind",
    "Exclusion",
    "IdentityReveal",
    "Person",
    "Referral",
    "SafeContact",
    "Service",
]
