"""The roof: mounts every room by name; full paths stand in the rooms."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("pug_portal.home.urls")),
    path("", include("pug_portal.core.urls")),
    path("", include("institutions.urls")),
    path("", include("focal_points.urls")),
    path("", include("seruni_cases.urls")),
    path("", include("activities.urls")),
    path("akun/", include("pug_portal.core.account_urls")),
    path("kelola/", admin.site.urls),
]

handler400 = "pug_portal.core.views.bad_request"
handler403 = "pug_portal.core.views.permission_denied"
handler404 = "pug_portal.core.views.page_not_found"
handler500 = "pug_portal.core.views.server_error"
