"""Invitations: once, for 72 hours, the secret in the link only; the owner alone sets a password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from pug_portal.core import outbox
from pug_portal.core.access import SYSTEM, Refused, WrongStage
from pug_portal.core.actions import accounts
from pug_portal.core.models import AuditEvent, Draft, Invitation, OutboxMessage, RoleAssignment, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db
GOOD = "kuda laut menari pelan"


def typed(**changes):
    return {
        "name": "Wulan Warga (fiktif)",
        "email": "wulan@contoh.test",
        "username": "wulan.warga",
        "role": Role.FOCAL_POINT,
        "institution": "",
        "starts": "",
        "ends": "",
        "decree_number": "",
        **changes,
    }


@pytest.fixture
def invitation(admin_person):
    return accounts.invite(
        username="wulan", email="wulan@contoh.test", name="Wulan", role=Role.SECRETARIAT, by=admin_person
    )


@pytest.fixture
def secret(invitation):
    return invitation.link.rstrip("/").rsplit("/", 1)[-1]


def test_the_secret_stands_in_the_link_and_nowhere_in_the_clear(invitation, secret):
    assert len(secret) >= 43  # 256 bits
    stored = " ".join(
        str(row)
        for model in (Invitation, User, AuditEvent)
        for row in model.objects.values_list(*(f.attname for f in model._meta.concrete_fields))
    )
    assert secret not in stored
    assert Invitation.objects.get().secret_hash == Invitation.hash_of(secret)
    for row in (*OutboxMessage.objects.all(), *Draft.objects.all()):
        assert secret not in repr(row.__dict__)


def test_the_letter_carries_the_link_and_no_more_than_it_needs(invitation):
    outbox.send_waiting()
    letter = mail.outbox[0]
    assert letter.to == ["wulan@contoh.test"]
    assert invitation.link in letter.body and "72 jam" in letter.body
    assert "&" not in letter.body


def test_the_account_stays_shut_until_the_invitation_is_accepted(client, invitation):
    user = invitation.user
    assert not user.is_active and not user.has_usable_password()
    assert "kata sandi" not in str(user.__dict__)


def test_whoever_opens_the_link_confirms_the_name_and_sets_the_password(client, invitation, secret):
    address = reverse("core:accept_invitation", args=[secret])
    page = client.get(address)
    assert page.status_code == 200 and b"wulan" in page.content
    answer = client.post(address, {"name": "Wulan Sari", "password1": GOOD, "password2": GOOD})
    assert (answer.status_code, answer.url) == (303, reverse("account_login"))
    user = User.objects.get(pk=invitation.user_id)
    assert user.is_active and user.check_password(GOOD) and user.name == "Wulan Sari"
    assert AuditEvent.objects.first().kind == "user.joined"
    assert "_auth_user_id" not in client.session


def test_a_link_works_once(client, secret):
    accounts.accept_invitation(secret, name="Wulan", password=GOOD)
    address = reverse("core:accept_invitation", args=[secret])
    assert client.get(address).status_code == 410
    assert client.post(address, {"name": "X", "password1": GOOD, "password2": GOOD}).status_code == 410
    with pytest.raises(WrongStage):
        accounts.accept_invitation(secret, name="Wulan", password="lain lain lain lain")
    assert User.objects.get(username="wulan").check_password(GOOD)


def test_a_link_ends_after_72_hours(client, secret):
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1)):
        assert client.get(reverse("core:accept_invitation", args=[secret])).status_code == 410
        with pytest.raises(WrongStage):
            accounts.accept_invitation(secret, name="Wulan", password=GOOD)


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "A", lambda s: s.swapcase(), lambda s: "x"]
)
def test_a_link_that_was_changed_opens_nothing(client, secret, change):
    assert client.get(reverse("core:accept_invitation", args=[change(secret)])).status_code == 410


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"password1": "xq7", "password2": "xq7"}, "terlalu pendek"),
        ({"password1": "semarang2026!", "password2": "semarang2026!"}, "mudah ditebak"),
        ({"password2": "yang lain sekali"}, "belum sama"),
        ({"name": ""}, "nama lengkap"),
    ],
)
def test_wrong_input_is_answered_by_another_address_and_keeps_the_name_only(client, secret, wrong, words):
    address = reverse("core:accept_invitation", args=[secret])
    data = {"name": "Wulan Baru", "password1": GOOD, "password2": GOOD, **wrong}
    answer = client.post(address, data)
    assert (answer.status_code, answer.url) == (303, address)
    page = client.get(address).content.decode()
    assert words in page
    assert all(f'"{data[one]}"' not in page for one in ("password1", "password2"))
    assert ("Wulan Baru" in page) == ("name" not in wrong)
    assert "error-summary" not in client.get(address).content.decode()  # said once


def test_the_secretariat_invites_a_focal_point_and_prints_the_link(as_, secretary, dinkes):
    client = as_(secretary)
    answer = client.post(reverse("core:invite"), typed(institution=dinkes.pk))
    assert answer.status_code == 303, answer.context["form"].errors
    page = client.get(answer.url).content.decode()
    link = re.search(r"<code>(\S+/undangan/\S+)</code>", page).group(1)
    assert "<svg" in page and "style=" not in page
    assert client.get(link.replace("http://testserver", "")).status_code == 200
    term = RoleAssignment.objects.get(user__username="wulan.warga")
    assert (term.role, term.institution, term.granted_by) == (Role.FOCAL_POINT, dinkes, secretary)


def test_the_link_is_shown_to_its_maker_only_and_for_an_hour(client, as_, admin_person, person, invitation):
    address = reverse("core:invitation", args=[invitation.pk])
    assert "<svg" in as_(admin_person).get(address).content.decode()
    other = as_(person(Role.SYSTEM_ADMIN)).get(address).content.decode()
    assert invitation.link not in other and "Buat tautan baru" in other
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = as_(admin_person).get(address).content.decode()
        assert invitation.link not in page


def test_sending_the_form_twice_invites_once(as_, admin_person):
    data = typed(role=Role.SECRETARIAT, idem="6c0f1f43-3d8e-4d4f-a8a5-1f6f0f2f4c11")
    client = as_(admin_person)
    first, second = (client.post(reverse("core:invite"), data) for _ in range(2))
    assert first.url == second.url
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"role": ""}, "Pilih peran"),
        ({"institution": ""}, "Pilih lembaga"),
        ({"email": "bukan surel"}, "alamat surel"),
        ({"username": "spasi di tengah"}, "huruf kecil"),
        ({"name": ""}, "nama lengkap"),
        ({"starts": "2 Januari 2027", "ends": "1 Januari 2027"}, "sesudah tanggal mulai"),
        ({"starts": "32 Januari 2027"}, "anggal"),
    ],
)
def test_wrong_input_is_shown_again_with_the_reason_and_all_that_was_typed(
    as_, secretary, dinkes, wrong, words
):
    answer = as_(secretary).post(reverse("core:invite"), typed(institution=dinkes.pk) | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "wulan" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("field, value", [("email", "WULAN@contoh.test"), ("username", "Wulan")])
def test_a_name_or_address_in_use_is_refused_however_it_is_capitalised(
    as_, admin_person, invitation, field, value
):
    data = typed(role=Role.SECRETARIAT, **{field: value})
    answer = as_(admin_person).post(reverse("core:invite"), data)
    assert answer.status_code == 422 and "sudah dipakai" in answer.content.decode()
    with pytest.raises(ValidationError):
        accounts.invite(
            **{"username": "baru", "email": "baru@contoh.test", "name": "X", field: value}, by=SYSTEM
        )


def test_the_secretariat_gives_no_role_that_reaches_cases(secretary, as_):
    for role in (Role.COMPANION, Role.SYSTEM_ADMIN, Role.AUDITOR):
        with pytest.raises(Refused):
            accounts.invite(username="x", email="x@contoh.test", name="X", role=role, by=secretary)
        answer = as_(secretary).post(reverse("core:invite"), typed(role=role))
        assert answer.status_code == 422
    assert not User.objects.filter(username="x").exists()


def test_others_neither_invite_nor_see_accounts(as_, focal, companion, chair, invitation):
    for someone in (focal, companion, chair):
        with pytest.raises(Refused):
            accounts.invite(username="x", email="x@contoh.test", name="X", by=someone)
        with pytest.raises(Refused):
            accounts.resend_invitation(invitation.user, by=someone)
        with pytest.raises(Refused):
            accounts.withdraw_invitation(invitation, by=someone)
        for address in (
            reverse("core:accounts"),
            reverse("core:invite"),
            reverse("core:invitation", args=[invitation.pk]),
            reverse("core:account", args=[invitation.user_id]),
            reverse("core:resend_invitation", args=[invitation.user_id]),
            reverse("core:withdraw_invitation", args=[invitation.pk]),
        ):
            assert as_(someone).get(address).status_code == 403


# Resending and withdrawing ------------------------------------------------------------------------


def test_a_new_link_ends_the_old_one(as_, admin_person, invitation, secret, client):
    client = as_(admin_person)
    answer = client.post(reverse("core:resend_invitation", args=[invitation.user_id]))
    assert answer.status_code == 303
    client.logout()
    assert client.get(reverse("core:accept_invitation", args=[secret])).status_code == 410
    assert Invitation.objects.filter(user=invitation.user, withdrawn_at=None).count() == 1
    assert OutboxMessage.objects.count() == 2


def test_somebody_who_is_in_needs_no_link(admin_person, focal):
    with pytest.raises(WrongStage):
        accounts.resend_invitation(focal, by=admin_person)


def test_a_withdrawn_link_opens_nothing_and_is_withdrawn_once(as_, admin_person, invitation, secret):
    address = reverse("core:withdraw_invitation", args=[invitation.pk])
    assert as_(admin_person).get(address).status_code == 200
    assert as_(admin_person).post(address).status_code == 303
    assert as_(admin_person).get(reverse("core:accept_invitation", args=[secret])).status_code == 410
    assert as_(admin_person).post(address).status_code == 403
    assert AuditEvent.objects.filter(kind="user.invitation_withdrawn").count() == 1


def test_an_invited_person_cannot_get_in_by_asking_for_a_new_password(client, invitation):
    client.post(reverse("account_reset_password"), {"email": "wulan@contoh.test"})
    assert not OutboxMessage.objects.filter(letter="account_notice").exists()


def test_the_list_of_people_stays_within_its_queries(
    as_, admin_person, person, django_assert_max_num_queries
):
    client = as_(admin_person)
    client.get(reverse("core:accounts"))
    for count in (10, 60):
        while User.objects.count() < count:
            person(Role.SECRETARIAT)
        with django_assert_max_num_queries(15):
            assert client.get(reverse("core:accounts")).status_code == 200


@pytest.mark.parametrize("state, names", [("aktif", 2), ("diundang", 1), ("ditutup", 1)])
def test_the_list_is_narrowed_by_state_role_and_name(
    as_, admin_person, secretary, invitation, person, state, names
):
    closed = person(name="Sudah Pergi")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    client = as_(admin_person)
    page = client.get(reverse("core:accounts"), {"keadaan": state})
    assert len(page.context["page"].rows) == names
    assert len(client.get(reverse("core:accounts"), {"peran": "sekretariat"}).context["page"].rows) == 2
    assert len(client.get(reverse("core:accounts"), {"cari": "sekar"}).context["page"].rows) == 1
