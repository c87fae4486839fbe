from django.urls import path

from pug_portal.home import views

app_name = "home"

urlpatterns = [
    # /
    path("", views.front, name="front"),
    path("bantuan/", views.front, name="help"),
    path("keamanan/", views.front, name="safety"),
    path("keluar-cepat/", views.quick_exit, name="quick_exit"),
    path("layanan/", views.front, name="services"),
    path("layanan/ppt-seruni/", views.front, name="seruni"),
    path("pug/", views.front, name="about"),
    path("kontak/", views.front, name="contact"),
    path("privasi/", views.front, name="privacy"),
    path("aksesibilitas/", views.front, name="accessibility"),
    path("peta-situs/", views.front, name="sitemap"),
    # /kerja/
    path("kerja/", views.desk, name="desk"),
]
