"""The administration of people and the record: acts through actions, nothing deleted, no password set."""

import pytest
from django.contrib import admin
from django.urls import reverse

from pug_portal.core import audit, outbox
from pug_portal.core.access import SYSTEM
from pug_portal.core.models import AuditEvent, RoleAssignment, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db


def change(user, **fields):
    """The form of an account as the page sends it."""
    return {
        "name": user.name,
        "username": user.username,
        "email": user.email,
        "terms-TOTAL_FORMS": "0",
        "terms-INITIAL_FORMS": "0",
        **fields,
    }


def page(name, *args):
    return reverse(f"admin:core_{name}", args=args)


@pytest.mark.parametrize("name", ["user", "invitation", "outboxmessage", "importrun"])
def test_the_lists_open_for_the_administrator(as_, admin_person, name):
    assert as_(admin_person).get(page(f"{name}_changelist")).status_code == 200


def test_the_record_opens_for_the_auditor_and_not_for_the_administrator(as_, auditor, admin_person):
    line = audit.note("user.changed", by=SYSTEM)
    client = as_(auditor)
    assert "Akun diubah" in client.get(page("auditevent_changelist")).content.decode()
    assert client.get(page("auditevent_changelist") + "?peristiwa=user.changed").status_code == 200
    assert client.get(page("auditevent_change", line.pk)).status_code == 200
    assert as_(admin_person).get(page("auditevent_changelist")).status_code == 403


def test_the_record_is_neither_written_nor_deleted_here(as_, auditor, superuser):
    line = audit.note("user.changed", by=SYSTEM)
    for someone in (auditor, superuser):
        client = as_(someone)
        assert client.get(page("auditevent_add")).status_code == 403
        assert client.post(page("auditevent_change", line.pk), {"reason": "x"}).status_code == 403
        assert client.post(page("auditevent_delete", line.pk), {"post": "yes"}).status_code == 403
        client.post(page("auditevent_changelist"), {"action": "delete_selected", "_selected_action": line.pk})
    assert AuditEvent.objects.filter(pk=line.pk, reason="").exists()


def test_a_new_account_is_an_invitation(as_, admin_person):
    answer = as_(admin_person).get(page("user_add"))
    assert (answer.status_code, answer.url) == (302, reverse("core:invite"))


def test_no_field_of_the_account_page_sets_a_password_or_a_rank(as_, admin_person, focal):
    client = as_(admin_person)
    html = client.get(page("user_change", focal.pk)).content.decode()
    assert 'type="password"' not in html and 'name="password' not in html
    after = User.objects.get(pk=focal.pk)
    assert (after.password, after.is_superuser, after.is_active) == (focal.password, False, True)


def test_a_change_of_a_name_goes_through_the_action_and_is_recorded(as_, admin_person, focal):
    answer = as_(admin_person).post(page("user_change", focal.pk), change(focal, name="Fitri Baru (fiktif)"))
    assert answer.status_code == 302
    assert User.objects.get(pk=focal.pk).name == "Fitri Baru (fiktif)"
    line = AuditEvent.objects.get(kind="user.changed")
    assert (line.facts, line.actor_id) == ({"fields": ["name"]}, str(admin_person.pk))


def added_term(**fields):
    empty = {"role": "", "institution": "", "starts": "", "ends": "", "decree_number": ""}
    return {"terms-TOTAL_FORMS": "1"} | {f"terms-0-{k}": v for k, v in (empty | fields).items()}


def test_a_role_given_here_is_given_by_the_action(as_, admin_person, person):
    user = person(name="Baru")
    answer = as_(admin_person).post(
        page("user_change", user.pk),
        change(user, **added_term(role=Role.LEADER, starts="1 November 2026", decree_number="SK/9")),
    )
    assert answer.status_code == 302, answer.context["errors"]
    term = RoleAssignment.objects.get(user=user)
    assert (term.role, term.granted_by, term.decree_number) == (Role.LEADER, admin_person, "SK/9")
    assert AuditEvent.objects.filter(kind="role.granted").exists()


def test_a_role_that_clashes_is_refused_here_too_with_the_reason(as_, admin_person, companion):
    answer = as_(admin_person).post(
        page("user_change", companion.pk),
        change(companion, **added_term(role=Role.CASE_MANAGER, starts="1 November 2026")),
        follow=True,
    )
    assert "saling memeriksa" in answer.content.decode()
    assert RoleAssignment.objects.filter(user=companion).count() == 1


def test_an_account_is_not_deleted(as_, admin_person, superuser, focal):
    for someone in (admin_person, superuser):
        assert as_(someone).post(page("user_delete", focal.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=focal.pk).exists()


def test_others_do_not_come_in(as_, focal, companion, partner, chair, data_manager):
    for someone in (focal, companion, partner, chair, data_manager):
        assert as_(someone).get("/kelola/core/user/").status_code in {302, 403}
        assert as_(someone).get("/kelola/", follow=True).status_code == 403


def test_factors_sessions_and_addresses_of_people_are_not_shown():
    shown = {model._meta.app_label for model in admin.site._registry}
    assert not shown & {"account", "mfa", "usersessions", "sessions"}


def test_letters_are_listed_without_address_or_words(as_, admin_person):
    letter = outbox.queue("invitation", to="rahasia@contoh.test", context={"url": "https://rahasia"}, key="k")
    client = as_(admin_person)
    for address in (page("outboxmessage_changelist"), page("outboxmessage_change", letter.pk)):
        assert "rahasia" not in client.get(address).content.decode()


def test_the_lists_stay_within_their_queries(as_, admin_person, person, django_assert_max_num_queries):
    client = as_(admin_person)
    client.get(page("user_changelist"))
    for count in (10, 80):
        while User.objects.count() < count:
            person(Role.SECRETARIAT)
        with django_assert_max_num_queries(20):
            client.get(page("user_changelist"))
