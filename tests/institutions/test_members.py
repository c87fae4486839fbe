import pytest
from django.core.exceptions import ValidationError

from institutions.actions import decrees
from institutions.models import Membership
from pug_portal.core.access import Refused

Position = Membership.Position


def test_a_second_chair_is_refused(composed, head_of, secretary):
    with pytest.raises(Refused, match="sudah mempunyai Ketua"):
        decrees.add_member(composed, position=Position.CHAIR, post=head_of("Bappeda"), by=secretary)


def test_a_second_head_of_secretariat_is_refused(composed, head_of, secretary):
    with pytest.raises(Refused, match="sudah mempunyai Kepala Sekretariat"):
        decrees.add_member(
            composed, position=Position.HEAD_OF_SECRETARIAT, post=head_of("DP3A"), by=secretary
        )


@pytest.mark.parametrize("position", [Position.CHAIR, Position.HEAD_OF_SECRETARIAT])
def test_another_office_may_not_lead(draft, head_of, secretary, position):
    with pytest.raises(Refused, match="dipegang"):
        decrees.add_member(draft, position=position, post=head_of("Dinkes"), by=secretary)
    assert not draft.memberships.exists()


def test_a_chair_without_a_post_is_refused(draft, secretary):
    with pytest.raises(Refused):
        decrees.add_member(draft, position=Position.CHAIR, title="Tokoh masyarakat", by=secretary)


def test_a_member_may_not_be_turned_into_a_second_chair(composed, secretary):
    member = composed.memberships.filter(position=Position.MEMBER).first()
    with pytest.raises(Refused):
        decrees.change_member(member, changes={"position": Position.CHAIR}, by=secretary)


def test_an_expert_sits_by_title_and_name(draft, secretary):
    expert = decrees.add_member(
        draft,
        position=Position.EXPERT,
        title="Ketua Pusat Studi Gender (fiktif)",
        person_name="Narasumber Fiktif",
        by=secretary,
    )
    assert expert.office_title == "Ketua Pusat Studi Gender (fiktif)"
    assert expert.holder_name == "Narasumber Fiktif" and not expert.is_vacant


def test_a_member_without_post_and_title_is_refused(draft, secretary):
    with pytest.raises(ValidationError):
        decrees.add_member(draft, position=Position.MEMBER, by=secretary)


def test_the_same_post_sits_once(composed, head_of, secretary):
    with pytest.raises(ValidationError):
        decrees.add_member(composed, position=Position.COORDINATOR, post=head_of("Dinkes"), by=secretary)


def test_a_member_is_removed_from_a_draft(composed, head_of, secretary):
    member = composed.memberships.get(post=head_of("Dinkes"))
    decrees.remove_member(member, by=secretary)
    assert composed.memberships.count() == 64


def test_a_focal_point_may_not_touch_the_members(composed, focal):
    member = composed.memberships.first()
    with pytest.raises(Refused):
        decrees.remove_member(member, by=focal)
    with pytest.raises(Refused):
        decrees.change_member(member, changes={"title": "x"}, by=focal)


def test_the_technical_team_needs_no_chair_from_bappeda(draft, head_of, secretary):
    draft.subject = draft.Subject.TECHNICAL_TEAM
    draft.save()
    member = decrees.add_member(draft, position=Position.CHAIR, post=head_of("BPKAD"), by=secretary)
    assert member.office.abbreviation == "BPKAD"
