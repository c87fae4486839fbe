"""Fill the measured portal; print the sessions of its people as JSON."""

import json
import time

from django.core.management.base import BaseCommand

from bench import load, people
from bench.floor.models import Row


class Command(BaseCommand):
    help = "Loads fictional cases for measuring; only for a portal made for it."

    def add_arguments(self, parser):
        parser.add_argument("cases", type=int)

    def handle(self, *args, cases, **options):
        start = time.perf_counter()
        staff, rows = load.fill(cases)
        Row.objects.bulk_create(Row(number=n, words=f"Baris {n}") for n in range(1, 1001))
        seconds = round(time.perf_counter() - start, 1)
        said = {"cookies": people.cookies(staff), "rows": rows, "seconds": seconds}
        self.stdout.write(json.dumps(said))
