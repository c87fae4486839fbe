"""What happens around every request: surroundings of the record, idle end, second factor, words."""

import time
import uuid

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect

from pug_portal.core import audit, views
from pug_portal.core.access import ACCOUNT_ROUTES_OWN, Stale
from pug_portal.core.context import idle_seconds

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"


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
        if request.method not in METHODS:
            return JsonResponse({"galat": "metode tidak dilayani"}, status=405)
        token = audit.surroundings.set(
            {"gesture": uuid.uuid4(), "address": _short_address(request.META["REMOTE_ADDR"])}
        )
        try:
            response = self.get_response(request)
        finally:
            audit.surroundings.reset(token)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class IdleMiddleware:
    """Ends a session that was left alone; drafts stay on the server."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            last = request.session.get("last_seen", now)
            if now - last > idle_seconds(request.user):
                logout(request)
            elif now - last > 30 or "last_seen" not in request.session:
                request.session["last_seen"] = now
            audit.surroundings.get()["session"] = audit.session_print(request.session.session_key)
        return self.get_response(request)


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
        if not user.needs_second_factor or self._may_pass(request):
            return None
        return redirect("account_login" if is_mfa_enabled(user) else "mfa_activate_totp")

    def _may_pass(self, request) -> bool:
        name = request.resolver_match.url_name
        if name in ACCOUNT_ROUTES_OWN or name in {"account_logout", "mfa_authenticate"}:
            return True
        records = get_authentication_records(request)
        proven = any(record.get("method") == "mfa" for record in records)
        return is_mfa_enabled(request.user) and (
            proven or request.session.get("factor_enrolled") == str(request.user.pk)
        )


class ConflictMiddleware:
    """Shows both versions when somebody else saved first; nothing typed is lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Stale):
            return views.conflict(request, exception)
        return None
