"""Doors that the account library knows and the portal does not open."""

from django.http import Http404

from pug_portal.core.access import public


@public
def sign_up(request):
    """Accounts are made by invitation only; the name must exist for the library's own pages."""
    raise Http404
