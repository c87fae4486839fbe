import pytest
from django.urls import reverse
from django.utils import timezone

from institutions.actions import content
from institutions.models import ContactPoint, Page
from pug_portal.core.access import Refused


def at(name, *args):
    return reverse(f"institutions:{name}", args=args)


@pytest.fixture
def seruni(register):
    return ContactPoint.objects.get(slug="ppt-seruni")


def test_an_empty_contact_cannot_be_confirmed(seruni, secretary):
    with pytest.raises(Refused, match="Isi dulu"):
        content.confirm_contact(seruni, by=secretary)


def test_a_contact_is_filled_then_confirmed_then_shown(seruni, secretary, as_):
    client = as_(secretary)
    form = {"name": seruni.name, "phone": "(024) 7640 2252", "order": "1"}
    assert client.post(at("change_contact", seruni.slug), form).status_code == 303
    seruni.refresh_from_db()
    assert not seruni.is_published
    assert client.post(at("confirm_contact", seruni.slug)).status_code == 303
    seruni.refresh_from_db()
    assert seruni.is_published and seruni.checked_on == timezone.localdate()


def test_a_changed_number_must_be_checked_again(seruni, secretary):
    content.change_contact(seruni, changes={"phone": "+62247640225"}, by=secretary)
    content.confirm_contact(seruni, by=secretary)
    content.change_contact(seruni, changes={"purpose": "lain"}, by=secretary)
    assert seruni.is_published
    content.change_contact(seruni, changes={"phone": "+62247640226"}, by=secretary)
    assert not seruni.is_published


def test_a_bad_number_is_explained(seruni, secretary, as_):
    form = {"name": "x", "phone": "12", "order": "1"}
    answer = as_(secretary).post(at("change_contact", seruni.slug), form)
    assert answer.status_code == 422


def test_a_text_is_rewritten(register, secretary, as_):
    answer = as_(secretary).post(at("change_page", "pokja"), {"title": "Pokja", "body": "Satu.\n\n- dua"})
    assert answer.status_code == 303
    assert Page.objects.get(slug="pokja").pieces == [("text", "Satu."), ("list", ["dua"])]
    text = as_(secretary).get(at("pokja")).content.decode()
    assert "<li>dua</li>" in text


def test_markup_in_a_text_stays_text(register, secretary, client):
    page = Page.objects.get(slug="pokja")
    content.change_page(page, title="x", body="<script>alert(1)</script>", by=secretary)
    assert "<script>alert" not in client.get(at("pokja")).content.decode()


@pytest.mark.parametrize("role", ["focal", "chair", "head", "officer"])
def test_others_may_not_touch_texts_and_contacts(seruni, role, request, as_):
    user = request.getfixturevalue(role)
    client = as_(user)
    for name, args in [("contacts", []), ("pages", []), ("change_page", ["pokja"])]:
        assert client.get(at(name, *args)).status_code == 403
    with pytest.raises(Refused):
        content.change_page(Page.objects.get(slug="pokja"), title="x", body="y", by=user)


def test_lists_of_texts_and_contacts_stand(register, secretary, as_, django_assert_max_num_queries):
    client = as_(secretary)
    for name in ("contacts", "pages", "legal_bases"):
        with django_assert_max_num_queries(15):
            assert client.get(at(name)).status_code == 200
