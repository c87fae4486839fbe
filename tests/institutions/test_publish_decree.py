from datetime import date

import pytest

from institutions.actions import decrees, publication
from institutions.models import Decree, Membership
from pug_portal.core.access import Refused, Stale, WrongStage
from pug_portal.core.models import AuditEvent

Position = Membership.Position


def successor(secretary, **fields):
    given = {
        "number": "051/FIKTIF/2026",
        "dated": date(2026, 7, 1),
        "about": "Perubahan susunan Pokja PUG",
        "valid_from": date(2026, 7, 1),
        "kind": Decree.Kind.CHANGE,
    }
    decree = decrees.draft_decree(by=secretary, **(given | fields))
    decrees.propose_composition(decree, by=secretary)
    return decree


def test_a_complete_draft_is_published_and_its_members_take_their_seats(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    composed.refresh_from_db()
    assert composed.stage == Decree.Stage.PUBLISHED and composed.published_by == secretary
    assert Decree.objects.current_pokja(date(2026, 2, 1)) == composed
    assert composed.memberships.current(date(2026, 2, 1)).count() == 65
    event = AuditEvent.objects.get(kind="decree.published", target_id=str(composed.pk))
    assert event.facts["members"] == 65


def test_the_chair_of_the_pokja_may_publish(composed, chair):
    publication.publish_decree(composed, by=chair)
    assert composed.is_running


@pytest.mark.parametrize("role", ["focal", "head", "leader", "officer", "auditor"])
def test_others_may_not_publish(composed, role, request):
    with pytest.raises(Refused):
        publication.publish_decree(composed, by=request.getfixturevalue(role))
    composed.refresh_from_db()
    assert composed.is_draft


def test_a_draft_without_number_is_refused(composed, secretary):
    composed.number = ""
    composed.save()
    with pytest.raises(Refused, match="nomor dan tanggal"):
        publication.publish_decree(composed, by=secretary)


def test_a_draft_without_chair_is_refused(composed, secretary):
    composed.memberships.filter(position=Position.CHAIR).delete()
    with pytest.raises(Refused, match="tepat satu Ketua; sekarang 0"):
        publication.publish_decree(composed, by=secretary)


def test_a_chair_from_another_office_is_refused_at_publication_too(composed, head_of, secretary):
    composed.memberships.filter(post=head_of("Dinkes")).delete()
    composed.memberships.filter(position=Position.CHAIR).update(post=head_of("Dinkes"))
    with pytest.raises(Refused, match="Kepala Bappeda"):
        publication.publish_decree(composed, by=secretary)


def test_a_head_of_secretariat_from_another_office_is_refused_at_publication_too(
    composed, head_of, secretary
):
    composed.memberships.filter(post=head_of("Dinkes")).delete()
    composed.memberships.filter(position=Position.HEAD_OF_SECRETARIAT).update(post=head_of("Dinkes"))
    with pytest.raises(Refused, match="pemberdayaan perempuan"):
        publication.publish_decree(composed, by=secretary)


def test_agencies_without_a_member_are_named_and_do_not_hinder(composed, head_of, secretary):
    composed.memberships.filter(post__in=[head_of("Dinkes"), head_of("Disdik")]).delete()
    (warning,) = publication.warnings(composed)
    assert warning.startswith("2 perangkat daerah") and "Dinkes" in warning
    publication.publish_decree(composed, by=secretary)
    assert composed.is_running


def test_a_complete_composition_has_no_warning(composed):
    assert publication.warnings(composed) == []
    assert publication.hindrances(composed) == []


def test_the_previous_decree_and_its_members_end_on_the_eve(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    later = successor(secretary, replaces=composed)
    publication.publish_decree(later, by=secretary)
    composed.refresh_from_db()
    assert composed.valid_until == date(2026, 6, 30)
    assert not composed.memberships.current(date(2026, 7, 1)).exists()
    assert composed.memberships.first().end_reason == "Mengubah dengan Keputusan 051/FIKTIF/2026"
    assert Decree.objects.current_pokja(date(2026, 6, 30)) == composed
    assert Decree.objects.current_pokja(date(2026, 7, 1)) == later


def test_a_decree_of_the_pokja_ends_the_running_one_even_when_nobody_named_it(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    publication.publish_decree(successor(secretary), by=secretary)
    composed.refresh_from_db()
    assert composed.valid_until == date(2026, 6, 30)


def test_a_decree_that_starts_before_the_one_it_replaces_is_refused(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    early = successor(secretary, valid_from=date(2026, 1, 1))
    with pytest.raises(Refused, match="sesudah keputusan yang digantikan"):
        publication.publish_decree(early, by=secretary)


def test_a_withdrawal_ends_a_decree_and_is_never_in_force_itself(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    end = decrees.draft_decree(
        by=secretary,
        kind=Decree.Kind.WITHDRAW,
        number="052/FIKTIF/2026",
        dated=date(2026, 8, 1),
        about="Pencabutan",
        valid_from=date(2026, 8, 1),
        replaces=composed,
    )
    publication.publish_decree(end, by=secretary)
    assert Decree.objects.current_pokja(date(2026, 8, 2)) is None


def test_a_decree_about_the_pokja_leaves_seruni_alone(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    assert Decree.objects.get(number="463/05/2011").is_running


def test_publishing_twice_is_refused(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    with pytest.raises(WrongStage):
        publication.publish_decree(composed, by=secretary)


def test_who_saw_an_older_version_is_told(composed, secretary):
    seen = composed.version
    decrees.change_decree(Decree.objects.get(pk=composed.pk), changes={"note": "x"}, by=secretary)
    with pytest.raises(Stale):
        publication.publish_decree(composed, version=seen, by=secretary)
    composed.refresh_from_db()
    assert composed.is_draft


def test_a_published_decree_cannot_be_changed_or_discarded(composed, secretary):
    publication.publish_decree(composed, by=secretary)
    with pytest.raises(WrongStage):
        decrees.change_decree(composed, changes={"about": "lain"}, by=secretary)
    with pytest.raises(WrongStage):
        decrees.discard_decree(composed, by=secretary)
