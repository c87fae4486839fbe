"""House test: every address is public, asks for a named permission, is one's own, or is the administration.

The public ones stand here by name: opening another one is a decision, not an oversight.
"""

from collections import Counter

import pytest
from django.urls import reverse

from pug_portal.core.access import ACCOUNT_ROUTES_OWN, ACCOUNT_ROUTES_PUBLIC
from pug_portal.core.models import User
from pug_portal.core.roles import GRANTS
from tests.consistency import existing_permissions
from tests.routes import every_route

PUBLIC = {
    # what a citizen reads
    "activities:activity",
    "activities:activity_file",
    "activities:calendar",
    "activities:feed",
    "focal_points:directory",
    "home:about",
    "home:accessibility",
    "home:contact",
    "home:front",
    "home:help",
    "home:privacy",
    "home:quick_exit",
    "home:rights",
    "home:safety",
    "home:seruni",
    "home:services",
    "home:sitemap",
    "institutions:awards",
    "institutions:document_file",
    "institutions:legal_basis",
    "institutions:pokja",
    "institutions:pokja_sheet",
    "institutions:publications",
    # doors
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "core:accept_invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # for the proxy
    "core:alive",
    "core:ready",
}
OWN = {
    "account_change_password",
    "account_reauthenticate",
    "account_set_password",
    "core:autosave",
    "core:keep_alive",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "usersessions_list",
}
ROUTES = every_route()
# Addresses under these beginnings are working places: nothing there is public.
BEHIND_THE_DOOR = ("kerja/", "kelola/")


def test_every_route_declares_who_may_use_it():
    silent = sorted(route.path for route in ROUTES if route.access is None)
    assert not silent, f"declare @public, @own or @requires for: {silent}"


def test_the_public_routes_are_the_ones_written_here():
    found = {route.view_name for route in ROUTES if route.access == "public"}
    assert found - PUBLIC == set(), "public, but not written out"
    assert PUBLIC - found == set(), "written out, but not there"


def test_the_routes_for_ones_own_things_are_the_ones_written_here():
    assert {route.view_name for route in ROUTES if route.access == "own"} == OWN


def test_every_other_route_asks_for_a_permission_that_exists_and_somebody_holds():
    asked = {r.access for r in ROUTES} - {None, "public", "own", "admin"}
    assert asked - existing_permissions() == set()
    held = frozenset().union(*GRANTS.values())
    assert asked - held == set(), "asked for, but no role holds it"


def test_nothing_behind_the_door_is_public():
    assert not [r.path for r in ROUTES if r.path.startswith(BEHIND_THE_DOOR) and r.access == "public"]


def test_every_route_has_a_name_of_its_own():
    names = Counter(r.view_name for r in ROUTES if r.access != "admin")
    assert [name for name, count in names.items() if count > 1 or name.endswith(":") or not name] == []


def test_no_address_carries_a_row_number():
    library = ACCOUNT_ROUTES_OWN | ACCOUNT_ROUTES_PUBLIC
    ours = [r.path for r in ROUTES if r.access != "admin" and r.view_name not in library]
    assert not [path for path in ours if "<int:pk>" in path or "<int:id>" in path]


def test_the_lists_of_the_account_library_name_only_routes_that_exist():
    names = {route.view_name for route in ROUTES}
    assert (ACCOUNT_ROUTES_OWN | ACCOUNT_ROUTES_PUBLIC) - names == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    sorted(r.view_name for r in ROUTES if "<" not in r.path and r.access not in {None, "public", "admin"}),
)
def test_a_stranger_is_sent_to_the_door_and_a_person_without_roles_is_refused(client, name):
    address = reverse(name)
    answer = client.get(address)
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login")), address
    if name in OWN:
        return
    client.force_login(User.objects.create_user("tanpa.peran", "t@contoh.test", "x", name="Tanpa Peran"))
    assert client.get(address).status_code == 403, address
