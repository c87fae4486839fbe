"""Registration: number, codes, vault, and whether she is known already."""

import pytest
from django.urls import reverse

from pug_portal.core.access import Refused
from pug_portal.core.clock import today
from pug_portal.core.models import DataKey, Obligation
from seruni_cases.access import known_cases
from seruni_cases.actions.complaint import receive
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.registration import register
from seruni_cases.models import Case, Exclusion, Person

from .conftest import IDENTITY, NAME, NICKNAME, NIK, PHONE, SUMMARY, card, facts, triaged

TYPED = {
    "risk": "sedang",
    "category": "KDRT",
    "violence": ["FISIK"],
    "age": "36",
    "sex": "P",
    "place": "Jomblang — Candisari",
    "contact_allowed": "ya",
    "name": NAME,
    "nik": NIK,
    "education": "declined",
}


def test_a_case_has_a_random_code_an_office_number_and_a_survivor_by_code(case):
    assert case.code.startswith("SRN-")
    assert case.number == f"00001/SERUNI/{today().year}"
    assert case.survivor_id.startswith("PNY-")
    assert {v.code for v in case.violence.all()} == {"FISIK", "PSIKIS"}


def test_what_was_told_is_sealed_anew_under_the_cases_own_key(case):
    assert [note.text for note in case.notes.all()] == [SUMMARY]
    scopes = {case.pk, case.complaint_id, case.survivor.pk}
    assert DataKey.objects.filter(scope__in=scopes).count() == 3


def test_numbers_follow_without_gap_even_when_one_registration_fails(case, officer, codes, candisari):
    second = triaged(receive(answers=card(), by=officer), officer)
    with pytest.raises(NotYet):
        register(complaint=second, facts=facts(), violence=[], identity={}, same_person="PNY-0", by=officer)
    row = register(complaint=second, facts=facts(), violence=[], identity={}, by=officer)
    assert row.number.startswith("00002/")


def test_an_untriaged_or_registered_complaint_is_refused(complaint, companion, officer, case):
    with pytest.raises(NotYet):
        register(complaint=case.complaint, facts=facts(), violence=[], identity={}, by=officer)
    other = receive(answers=card(), by=officer)
    with pytest.raises(NotYet):
        register(complaint=other, facts=facts(), violence=[], identity={}, by=officer)


def test_a_partner_registers_nothing(partner, complaint):
    with pytest.raises(Refused):
        register(complaint=complaint, facts=facts(), violence=[], identity={}, by=partner)


def test_the_assessment_clock_follows_the_risk(case):
    clock = Obligation.objects.get(target_id=case.pk, kind="case.assess")
    assert round((clock.due_at - case.registered_at).total_seconds() / 3600) == 72


def test_the_form_registers_and_a_double_click_does_it_once(as_, officer, complaint, idem):
    url = reverse("seruni_cases:register", args=[complaint.code])
    first = as_(officer).post(url, {**TYPED, **idem})
    second = as_(officer).post(url, {**TYPED, **idem})
    assert first.status_code == 303, first.content.decode()[:3000]
    assert first.url == second.url
    assert Case.objects.count() == 1
    case = Case.objects.get()
    assert (case.age_band, case.education, case.kecamatan.name) == ("25-44", "declined", "Candisari")
    assert case.survivor.nik == NIK


def test_what_the_masked_form_did_not_show_is_not_lost(as_, officer, complaint, idem):
    url = reverse("seruni_cases:register", args=[complaint.code])
    page = as_(officer).get(url).content.decode()
    assert NICKNAME not in page and "0812" not in page
    assert as_(officer).post(url, {**TYPED, **idem}).status_code == 303
    person = Case.objects.get().survivor
    assert person.nickname == NICKNAME
    assert (person.safe_contact().phone, person.safe_contact().way) == (PHONE, "WA")


def test_a_missing_answer_about_contact_keeps_everything_typed(as_, officer, complaint, idem):
    url = reverse("seruni_cases:register", args=[complaint.code])
    typed = {key: value for key, value in TYPED.items() if key != "contact_allowed"}
    answer = as_(officer).post(url, {**typed, **idem})
    assert answer.status_code == 422
    assert NAME in answer.content.decode()


def test_a_known_person_is_offered_and_joined_by_choice(as_, officer, case, idem):
    again = triaged(receive(answers=card(), by=officer), officer)
    url = reverse("seruni_cases:register", args=[again.code])
    asked = as_(officer).post(url, {**TYPED, **idem})
    assert asked.status_code == 422
    assert "NIK sama" in asked.content.decode()
    done = as_(officer).post(url, {**TYPED, **idem, "same_person": case.survivor_id})
    assert done.status_code == 303
    assert case.survivor.cases.count() == 2
    assert Person.objects.count() == 1


def test_another_person_gets_a_code_of_her_own(as_, officer, case, idem):
    again = triaged(receive(answers=card(), by=officer), officer)
    url = reverse("seruni_cases:register", args=[again.code])
    assert as_(officer).post(url, {**TYPED, **idem, "same_person": "baru"}).status_code == 303
    assert Person.objects.count() == 2


def test_an_exclusion_of_the_complaint_goes_on_to_the_case(officer, other_companion, manager, codes):
    row = triaged(receive(answers=card(), by=officer), officer)
    Exclusion.objects.create(file=row.pk, user=other_companion, by=manager)
    case = register(complaint=row, facts=facts(), violence=[], identity=dict(IDENTITY), by=officer)
    assert not known_cases(other_companion).filter(pk=case.pk).exists()
