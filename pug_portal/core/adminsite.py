"""Django's admin in the portal's own look, behind the portal's own login."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    site_header = "Kelola Portal PUG"
    site_title = "Kelola Portal PUG"
    index_title = "Data dan pengaturan"
    empty_value_display = "—"
    enable_nav_sidebar = True

    login = secure_admin_login(AdminSite.login)
