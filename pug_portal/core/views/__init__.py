"""Views of the ground floor: refusals and health (pages), own sessions, drafts, accounts."""

from pug_portal.core.views.pages import (
    alive,
    bad_request,
    conflict,
    csrf_failure,
    page_not_found,
    permission_denied,
    ready,
    server_error,
    unavailable,
)

__all__ = [
    "alive",
    "bad_request",
    "conflict",
    "csrf_failure",
    "page_not_found",
    "permission_denied",
    "ready",
    "server_error",
    "unavailable",
]
