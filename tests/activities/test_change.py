import pytest
from django.urls import reverse

from activities.actions import proposal
from activities.models import Activity
from pug_portal.core.access import Refused, Stale, WrongStage
from pug_portal.core.models import AuditEvent


def url(activity):
    return reverse("activities:change", args=[activity.pk])


def test_a_draft_is_changed_and_the_changed_fields_are_recorded(as_, focal, draft, proposal_form):
    answer = as_(focal).post(url(draft), proposal_form(version=draft.version))
    assert answer.status_code == 303
    draft.refresh_from_db()
    assert draft.title == "Pelatihan PPRG bagi perencana"
    assert draft.slug.startswith("pelatihan-pprg")
    facts = AuditEvent.objects.get(kind="activity.changed").facts
    assert "title" in facts["fields"] and "organiser" not in facts["fields"]


def test_the_form_shows_what_is_stored(as_, focal, draft):
    page = as_(focal).get(url(draft)).content.decode()
    assert draft.title in page
    assert 'name="version" value="1"' in page


def test_who_saves_second_is_told_and_loses_nothing(as_, focal, draft, proposal_form):
    seen = draft.version
    proposal.change(draft, values={"title": "Judul orang lain"}, by=focal)
    answer = as_(focal).post(url(draft), proposal_form(version=seen))
    assert answer.status_code == 409
    assert "Pelatihan PPRG bagi perencana" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Judul orang lain"
    with pytest.raises(Stale):
        proposal.change(draft, values={"title": "Lagi"}, version=seen, by=focal)


def test_what_lies_with_the_reviewer_is_not_changed(as_, focal, submitted):
    assert as_(focal).get(url(submitted)).status_code == 403
    with pytest.raises(WrongStage):
        proposal.change(submitted, values={"title": "X"}, by=focal)


def test_after_the_approval_only_the_secretariat_changes(focal, secretary, announced):
    with pytest.raises(Refused):
        proposal.change(announced, values={"place": "Balai Kota"}, by=focal)
    proposal.change(announced, values={"place": "Balai Kota"}, by=secretary)
    assert Activity.objects.get().place == "Balai Kota"


def test_the_address_of_an_announced_activity_stays(secretary, announced):
    before = announced.slug
    proposal.change(announced, values={"title": "Nama baru sama sekali"}, by=secretary)
    assert Activity.objects.get().slug == before


def test_people_of_another_office_do_not_find_the_draft(as_, other_focal, draft, proposal_form):
    assert as_(other_focal).get(url(draft)).status_code == 404
    assert as_(other_focal).post(url(draft), proposal_form(version=1)).status_code == 404
    with pytest.raises(Refused):
        proposal.change(draft, values={"title": "X"}, by=other_focal)


def test_a_draft_is_not_moved_to_another_office(focal, disdik, draft):
    with pytest.raises(Refused):
        proposal.change(draft, values={"organiser": disdik}, by=focal)
