"""Django's admin in the portal's own look, behind the portal's own login."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme

NOT_SHOWN = frozenset({"account", "auth", "mfa", "usersessions"})


class PortalAdminSite(AdminSite):
    site_header = "Kelola Portal PUG"
    site_title = "Kelola Portal PUG"
    index_title = "Data dan pengaturan"
    empty_value_display = "—"
    enable_nav_sidebar = True

    def register(self, model_or_iterable, admin_class=None, **options):
        """Leave out groups, which mean nothing here, and sessions and factors: nobody's to browse."""
        given: Any = model_or_iterable
        models: Any = [given] if isinstance(given, ModelBase) else given
        wanted = [model for model in models if model._meta.app_label not in NOT_SHOWN]
        super().register(wanted, admin_class, **options)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Send people to the one login page; whoever is signed in goes on, or is told why not."""
        if not request.user.is_authenticated:
            way = urlencode({"next": self._wanted(request)}, safe="/")
            return redirect(f"{resolve_url('account_login')}?{way}")
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(self._wanted(request))

    def _wanted(self, request) -> str:
        wanted = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
        return wanted if ours else resolve_url("admin:index")
