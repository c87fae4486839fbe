import pytest

from institutions.actions import decrees, registry
from institutions.models import Institution, Membership
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent

Position = Membership.Position


def test_the_head_of_bappeda_is_proposed_as_chair_and_of_dp3a_as_head_of_secretariat(composed, head_of):
    by_position = {m.position: m for m in composed.memberships.exclude(position=Position.MEMBER)}
    assert by_position[Position.CHAIR].post == head_of("Bappeda")
    assert by_position[Position.HEAD_OF_SECRETARIAT].post == head_of("DP3A")
    assert by_position[Position.PATRON].office_title == "Wali Kota Semarang"
    assert by_position[Position.ACCOUNTABLE].office_title == "Wakil Wali Kota Semarang"


def test_the_heads_of_all_other_agencies_are_members(composed):
    members = composed.memberships.filter(position=Position.MEMBER)
    assert members.count() == 61
    assert composed.memberships.count() == 65
    assert list(composed.memberships.values_list("order", flat=True)) == list(range(1, 66))


def test_proposing_twice_adds_nothing(composed, secretary):
    assert decrees.propose_composition(composed, by=secretary) == 0


def test_a_new_agency_joins_at_the_end_when_proposed_again(composed, secretary):
    registry.add_institution(by=secretary, name="Dinas Peraga", kind=Institution.Kind.DINAS)
    assert decrees.propose_composition(composed, by=secretary) == 1
    assert composed.memberships.last().office_title == "Kepala Dinas Peraga"


def test_an_agency_that_ended_is_not_proposed(draft, secretary, office):
    agency = office("Diskan")
    agency.valid_until = "2025-12-31"
    agency.save()
    decrees.propose_composition(draft, by=secretary)
    assert not draft.memberships.filter(institution=agency).exists()


def test_it_is_recorded(composed):
    event = AuditEvent.objects.filter(kind="membership.changed").first()
    assert event.facts["proposed"] == 65
    assert event.target_label == "050/FIKTIF/2026"


def test_a_focal_point_may_not_propose(draft, focal):
    with pytest.raises(Refused):
        decrees.propose_composition(draft, by=focal)
    assert not draft.memberships.exists()


def test_a_published_decree_keeps_its_composition(composed, secretary):
    composed.stage = composed.Stage.PUBLISHED
    composed.save()
    with pytest.raises(WrongStage):
        decrees.propose_composition(composed, by=secretary)
