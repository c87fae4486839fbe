from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "pug_portal.home"
    label = "home"
    verbose_name = "Beranda"
