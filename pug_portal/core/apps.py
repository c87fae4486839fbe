from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from pug_portal.core import checks  # noqa: F401  (registers them)


class CoreConfig(AppConfig):
    name = "pug_portal.core"
    label = "core"
    verbose_name = "Akun dan sistem"
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "pug_portal.core.adminsite.PortalAdminSite"
    default = False
