"""What happens around every request: surroundings of the record, idle end, second factor, words."""

import logging
import time
import uuid

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from pug_portal.core import audit, views
from pug_portal.core.access import Stale
from pug_portal.core.context import idle_seconds

log = logging.getLogger("portal.middleware")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
SEEN_EVERY = 30  # seconds between two notes that a session is in use
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"
# Public pages that everybody may find; what lies behind a door or takes a report may not be found.
HIDDEN_FROM_SEARCH = ("/kerja/", "/akun/", "/kelola/", "/undangan/", "/sesi/")
# What a person without a second factor may reach when her role needs one: getting it, and leaving.
ENROLMENT = frozenset(
    {
        "mfa_index",
        "mfa_authenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "core:alive",
        "core:ready",
        "core:keep_alive",
    }
)


def _short_address(address: str) -> str:
    """Return the network of an address (/24 or /48): enough to notice, not to trace."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join(address.split(".")[:3] + ["0"]) if address.count(".") == 3 else ""


class HeadersMiddleware:
    """Outermost: refuses unknown methods, sets what no other middleware sets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in METHODS:
            address = _short_address(request.META.get("REMOTE_ADDR", ""))
            with audit.around(gesture=uuid.uuid4(), address=address):
                response = self.get_response(request)
        else:
            response = JsonResponse({"galat": "metode tidak dilayani"}, status=405)
            response.headers["Allow"] = ", ".join(sorted(METHODS))
        return self._dressed(request, response)

    def _dressed(self, request, response):
        headers = response.headers
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(HIDDEN_FROM_SEARCH) or response.status_code >= 400:
            headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            headers.setdefault("Cache-Control", "no-store")
        return response


class SessionActivityMiddleware(UserSessionsMiddleware):
    """Notes when a session was last seen, but not at every page: whoever only reads does not write."""

    def __call__(self, request):
        if time.time() - request.session.get("last_seen", 0) <= SEEN_EVERY:
            return self.get_response(request)
        return super().__call__(request)


class IdleMiddleware:
    """Ends a session that was left alone, or that is older than a working day; drafts stay."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self._watch(request)
        with audit.around(session=audit.session_print(request.session.session_key)):
            return self.get_response(request)

    def _watch(self, request):
        now, session = int(time.time()), request.session
        last, began = session.get("last_seen", now), session.setdefault("began", now)
        idle, old = now - last > idle_seconds(request.user), now - began > settings.SESSION_COOKIE_AGE
        if idle or old:
            audit.note("session.ended", request.user, by=request.user, why="diam" if idle else "lama")
            logout(request)
        elif now - last > SEEN_EVERY or "last_seen" not in session:
            session["last_seen"] = now


class SecondFactorMiddleware:
    """Lets a person whose role needs a second factor reach only its enrolment until it is there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not settings.ENFORCE_SECOND_FACTOR or not user.is_authenticated:
            return None
        if not user.needs_second_factor or request.resolver_match.view_name in ENROLMENT:
            return None
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return None if self._proven(request) else self._ask(request)

    def _proven(self, request) -> bool:
        """Answer whether the factor was shown in this session, or enrolled in it."""
        records = get_authentication_records(request, request.user)
        shown = any(record.get("method") == "mfa" for record in records)
        return shown or request.session.get("factor_enrolled") == str(request.user.pk)

    def _ask(self, request):
        # The factor was enrolled elsewhere while this session was open: show it here once.
        here = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': here})}")


class ConflictMiddleware:
    """Gives the two refusals that are nobody's fault their pages; nothing typed is lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Stale):
            return views.conflict(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("database refused: %s", type(exception).__name__)
            return views.unavailable(request)
        return None
