"""The gate: a route is public, asks for a named permission, or does not open.

Ground for every room's own `access.py`, where the sentences with "may" about rows stand.
"""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url

from pug_portal.core.actors import PUBLIC, SYSTEM, NamedActor  # noqa: F401  (named here for all)

# Routes of the account library, which cannot carry our decorators.
ACCOUNT_ROUTES_PUBLIC = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
ACCOUNT_ROUTES_OWN = frozenset(
    {
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
        "usersessions_list",
    }
)


class Refused(PermissionDenied):
    """An act is not allowed; carries the reason in Indonesian for the person who asked."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class WrongStage(Refused):
    """The thing is no longer in the stage this act starts from."""


class Stale(Exception):
    """Somebody else saved first; carries what is now stored under `current`."""

    def __init__(self, current=None):
        super().__init__("sudah diubah orang lain")
        self.current = current


def ensure(by, permission: str) -> None:
    """Raise Refused unless `by` holds `permission`; the portal itself (SYSTEM) may do everything."""
    if by is not SYSTEM and not by.has_perm(permission):
        raise Refused("Tindakan ini bukan untuk peran Anda.")


def own(view):
    """Open the view to everybody who is signed in, for things of her own (session, drafts)."""
    view.access = "own"
    return view


def public(view):
    """Open `view` to everybody, and say so."""
    view = login_not_required(view)
    view.access = "public"
    return view


def to_login(request):
    """Return the way to the login page and back to here."""
    here = urlencode({"next": request.get_full_path()}, safe="/")
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{here}")


def requires(permission: str):
    """Open the view to signed-in people who hold `permission` ("room.verb_thing")."""

    def decorate(view) -> Any:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return to_login(request)
            if not request.user.has_perm(permission):
                raise Refused("Halaman ini bukan untuk peran Anda.")
            return view(request, *args, **kwargs)

        gate: Any = guarded
        gate.access = permission
        return gate

    return decorate


def declared(match) -> str | None:
    """Return what a resolved route declares: "public", a permission, "admin", "own" or None."""
    if "admin" in match.app_names:
        return "admin"
    if match.view_name in ACCOUNT_ROUTES_PUBLIC:
        return "public"
    if match.view_name in ACCOUNT_ROUTES_OWN:
        return "own"
    return getattr(match.func, "access", None)


class DeclaredAccessMiddleware:
    """Refuses any view that declares nothing, even to the superuser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if declared(request.resolver_match) is None:
            raise Refused("Halaman ini belum dibuka untuk siapa pun.")
