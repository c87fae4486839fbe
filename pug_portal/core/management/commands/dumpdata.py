from django.core.management.base import CommandError
from django.core.management.commands import dumpdata

from pug_portal.core.crypto import SealedMisuse


class Command(dumpdata.Command):
    help = "Menyalin data terbuka. Data rahasia ditolak: pakai perintah cadangan."

    def handle(self, *args, **options):
        try:
            return super().handle(*args, **options)
        except SealedMisuse as refusal:
            raise CommandError(str(refusal)) from refusal
