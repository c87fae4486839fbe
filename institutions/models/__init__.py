from institutions.models.awards import Award, AwardEdition, AwardLevel
from institutions.models.content import ContactPoint, Page
from institutions.models.documents import (
    PREREQUISITES,
    PROCESSES,
    Attachment,
    Document,
    DocumentEdition,
)
from institutions.models.law import LegalBasis
from institutions.models.pokja import Decree, Membership, PokjaDuty
from institutions.models.posts import Post, PostHolder, Sex, head_title
from institutions.models.registry import FormerName, Institution, Region

__all__ = [
    "PREREQUISITES",
    "PROCESSES",
    "Attachment",
    "Award",
    "AwardEdition",
    "AwardLevel",
    "ContactPoint",
    "Decree",
    "Document",
    "DocumentEdition",
    "FormerName",
    "Institution",
    "LegalBasis",
    "Membership",
    "Page",
    "PokjaDuty",
    "Post",
    "PostHolder",
    "Region",
    "Sex",
    "head_title",
]
