from django.urls import path

from pug_portal.home import public, views

app_name = "home"

urlpatterns = [
    # /
    path("", public.front, name="front"),
    path("bantuan/", public.help_now, name="help"),
    path("keamanan/", public.safety, name="safety"),
    path("hak-anda/", public.rights, name="rights"),
    path("keluar-cepat/", public.quick_exit, name="quick_exit"),
    path("layanan/", public.services, name="services"),
    path("layanan/ppt-seruni/", public.seruni, name="seruni"),
    path("pug/", public.about, name="about"),
    path("kontak/", public.contact, name="contact"),
    path("privasi/", public.privacy, name="privacy"),
    path("aksesibilitas/", public.accessibility, name="accessibility"),
    path("peta-situs/", public.sitemap, name="sitemap"),
    # /kerja/
    path("kerja/", views.desk, name="desk"),
]
