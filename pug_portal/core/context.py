"""What every page may rely on; rooms register their menu entries in the roof (home/menu.py)."""

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.module_loading import import_string


def portal(request):
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "menu": import_string(settings.MENU)(request) if signed_in else [],
        "idle_seconds": idle_seconds(user) if signed_in else 0,
        "keep_url": reverse("core:keep_alive") if signed_in else "",
        "desk_url": resolve_url(settings.LOGIN_REDIRECT_URL),
        "exit_target": settings.EXIT_TARGET,
    }


def idle_seconds(user) -> int:
    """Return after how many idle seconds a session of `user` ends: shorter near cases."""
    return settings.IDLE_SECONDS_CASE if user.reaches_cases else settings.IDLE_SECONDS
