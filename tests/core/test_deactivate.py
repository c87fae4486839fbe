"""A person who leaves: one button ends sessions, terms and open links."""

import pytest
from django.test import Client
from django.urls import reverse

from pug_portal.core.access import SYSTEM, Refused, WrongStage
from pug_portal.core.actions import accounts
from pug_portal.core.models import AuditEvent, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db


def test_sessions_terms_and_the_password_end_together(admin_person, companion):
    hers = Client()
    hers.force_login(companion)
    assert hers.get(reverse("usersessions_list")).status_code == 200
    assert accounts.deactivate(companion, reason="pindah tugas", by=admin_person) == 1
    assert hers.get(reverse("usersessions_list")).status_code == 302
    left = User.objects.get(pk=companion.pk)
    assert not left.is_active and not left.roles and not left.has_usable_password()
    assert not left.terms.filter(ended_at=None).exists()
    line = AuditEvent.objects.get(kind="user.deactivated")
    assert (line.reason, line.facts) == ("pindah tugas", {"terms": 1, "sessions": 1})


def test_an_open_invitation_dies_with_the_account(admin_person):
    invitation = accounts.invite(
        username="wulan", email="w@contoh.test", name="W", role=Role.SECRETARIAT, by=admin_person
    )
    accounts.deactivate(invitation.user, reason="batal", by=admin_person)
    invitation.refresh_from_db()
    assert not invitation.is_open
    with pytest.raises(WrongStage):
        accounts.deactivate(invitation.user, reason="batal", by=admin_person)


def test_somebody_who_comes_back_is_invited_anew(admin_person, companion):
    accounts.deactivate(companion, reason="cuti", by=admin_person)
    link = accounts.resend_invitation(User.objects.get(pk=companion.pk), by=admin_person).link
    secret = link.rstrip("/").rsplit("/", 1)[-1]
    accounts.accept_invitation(secret, name="Dewi", password="kuda laut menari pelan")
    back = User.objects.get(pk=companion.pk)
    assert back.is_active and not back.roles


def test_nobody_closes_her_own_account_and_others_close_none(admin_person, secretary, focal, companion):
    with pytest.raises(Refused, match="sendiri"):
        accounts.deactivate(admin_person, reason="x", by=admin_person)
    for someone in (secretary, focal):
        with pytest.raises(Refused):
            accounts.deactivate(companion, reason="x", by=someone)


def test_the_page_asks_for_a_reason(as_, admin_person, secretary, companion):
    address = reverse("core:deactivate", args=[companion.pk])
    client = as_(admin_person)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "pindah"}).status_code == 303
    assert as_(secretary).get(address).status_code == 403


def test_a_portal_without_accounts_gets_its_first_administrator_once(db):
    first = accounts.first_admin(username="a", email="a@contoh.test", name="A", role=Role.SYSTEM_ADMIN)
    again = accounts.first_admin(username="a", email="a@contoh.test", name="A", role=Role.SYSTEM_ADMIN)
    assert first.link != again.link
    secret = again.link.rstrip("/").rsplit("/", 1)[-1]
    accounts.accept_invitation(secret, name="A", password="kuda laut menari pelan")
    with pytest.raises(Refused, match="sudah punya akun"):
        accounts.first_admin(username="b", email="b@contoh.test", name="B", role=Role.SYSTEM_ADMIN, by=SYSTEM)


def test_changing_open_facts_is_recorded_by_name_only(admin_person, companion):
    accounts.change_account(companion, name="Dewi Baru", email="BARU@contoh.test", by=admin_person)
    companion.refresh_from_db()
    assert (companion.name, companion.email) == ("Dewi Baru", "baru@contoh.test")
    assert AuditEvent.objects.get(kind="user.changed").facts == {"fields": ["email", "name"]}
    with pytest.raises(TypeError):
        accounts.change_account(companion, is_superuser=True, by=admin_person)
