"""Submit, send back, approve."""

import pytest
from django.urls import reverse

from activities.actions import proposal
from activities.models import Activity
from activities.workflow import Stage
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import OutboxMessage


def test_a_proposal_goes_to_the_secretariat(as_, focal, draft):
    address = reverse("activities:submit", args=[draft.pk])
    assert "Ajukan usulan ini" in as_(focal).get(address).content.decode()
    assert as_(focal).post(address).status_code == 303
    assert list(Activity.objects.awaiting_approval()) == [draft]


def test_the_secretariat_approves_and_the_author_gets_a_letter(as_, secretary, submitted):
    address = reverse("activities:approve", args=[submitted.pk])
    assert submitted.title in as_(secretary).get(address).content.decode()
    as_(secretary).post(address)
    submitted.refresh_from_db()
    assert (submitted.stage, submitted.approver) == (Stage.APPROVED, secretary)
    letter = OutboxMessage.objects.get(letter="activity_approved")
    assert letter.recipient == submitted.author.email


def test_notes_come_back_to_the_author_at_their_places(as_, focal, secretary, submitted):
    address = reverse("activities:send_back", args=[submitted.pk])
    as_(secretary).post(address, {"whole": "", "audience": "Sebutkan jumlahnya."})
    submitted.refresh_from_db()
    assert submitted.stage == Stage.RETURNED
    page = as_(focal).get(reverse("activities:overview", args=[submitted.pk])).content.decode()
    assert "Sebutkan jumlahnya." in page and "Sasaran" in page
    assert OutboxMessage.objects.filter(letter="activity_returned").exists()


def test_sending_back_without_a_note_is_refused(as_, secretary, submitted):
    answer = as_(secretary).post(reverse("activities:send_back", args=[submitted.pk]), {"whole": " "})
    assert answer.status_code == 422
    assert "Tulis sedikitnya satu catatan" in answer.content.decode()
    assert Activity.objects.get().stage == Stage.SUBMITTED


def test_a_returned_proposal_is_repaired_and_sent_again(focal, secretary, submitted):
    proposal.send_back(submitted, notes={"": "Perjelas"}, by=secretary)
    proposal.change(submitted, values={"audience": "40 kader PKK"}, by=focal)
    proposal.submit(submitted, by=focal)
    proposal.approve(submitted, by=secretary)
    assert submitted.stage == Stage.APPROVED
    assert not submitted.open_notes().exists()


def test_a_focal_point_approves_nothing(as_, focal, submitted):
    assert as_(focal).post(reverse("activities:approve", args=[submitted.pk])).status_code == 403
    with pytest.raises(Refused):
        proposal.approve(submitted, by=focal)
    with pytest.raises(Refused):
        proposal.send_back(submitted, notes={"": "x"}, by=focal)


def test_nobody_approves_the_own_proposal(secretary, values):
    own = proposal.propose(values=values(), by=secretary)
    proposal.submit(own, by=secretary)
    with pytest.raises(Refused, match="orang lain yang menelaahnya"):
        proposal.approve(own, by=secretary)


def test_a_proposal_is_approved_once(secretary, approved):
    with pytest.raises(WrongStage):
        proposal.approve(approved, by=secretary)


def test_another_office_does_not_submit(other_focal, draft):
    with pytest.raises(Refused):
        proposal.submit(draft, by=other_focal)
