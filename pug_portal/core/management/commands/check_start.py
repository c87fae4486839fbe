from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from pug_portal.core import startup


class Command(BaseCommand):
    help = "Memeriksa apa yang harus benar sebelum portal melayani: kunci, basis data, data peraga."

    def handle(self, *args, **options):
        try:
            startup.verify()
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Portal dapat dijalankan.")
