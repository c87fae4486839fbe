"""Everything the drill compares, read back from the database, as JSON."""

import json

from django.core.management.base import BaseCommand

from bench import ledger


class Command(BaseCommand):
    help = "Reads back what the drill left behind."

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(ledger.read()))
