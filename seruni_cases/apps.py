from django.apps import AppConfig


class SeruniCasesConfig(AppConfig):
    name = "seruni_cases"
    verbose_name = "PPT SERUNI"
