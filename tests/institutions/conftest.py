"""The register as it is shipped, and a draft decree to work on."""

from datetime import date

import pytest

from institutions import reference
from institutions.actions import decrees
from institutions.models import Decree, Institution


@pytest.fixture
def register(db):
    """All reference rows."""
    return reference.load()


@pytest.fixture
def office(register):
    """office("Bappeda") -> the shipped institution with this abbreviation."""
    return lambda abbreviation: Institution.objects.get(abbreviation=abbreviation)


@pytest.fixture
def head_of(office):
    """head_of("Bappeda") -> the post of its head."""
    return lambda abbreviation: office(abbreviation).posts.get(is_head=True)


@pytest.fixture
def draft(register, secretary):
    """A numbered draft about the Pokja, without members."""
    return decrees.draft_decree(
        by=secretary,
        number="050/FIKTIF/2026",
        dated=date(2026, 1, 15),
        about="Pembentukan Kelompok Kerja Pengarusutamaan Gender",
        valid_from=date(2026, 1, 15),
        subject=Decree.Subject.POKJA,
    )


@pytest.fixture
def composed(draft, secretary):
    """The draft with the proposed composition."""
    decrees.propose_composition(draft, by=secretary)
    return draft
