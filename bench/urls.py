from django.urls import include, path

from bench.floor import views

urlpatterns = [
    path("bench/baris/<int:number>/", views.one_row, name="bench_one_row"),
    path("bench/catat/", views.insert, name="bench_insert"),
    path("", include("pug_portal.urls")),
]

handler403 = "pug_portal.core.views.permission_denied"
handler404 = "pug_portal.core.views.page_not_found"
