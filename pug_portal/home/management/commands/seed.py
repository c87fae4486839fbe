"""Load reference data, or the demonstration on top of it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from institutions import reference as institutions_reference
from pug_portal.home import demo
from seruni_cases import reference as seruni_reference


class Command(BaseCommand):
    help = "Memuat data rujukan (--reference) atau data peraga yang fiktif (--demo)."

    def add_arguments(self, parser):
        parser.add_argument("--reference", action="store_true")
        parser.add_argument("--demo", action="store_true")
        parser.add_argument("--accounts", type=Path, help="berkas untuk kata sandi akun peraga")
        parser.add_argument("--scale", type=float, default=1, help="pengali jumlah data peraga")

    def handle(self, *args, reference, accounts, scale, **options):
        wants_demo = options["demo"]
        if reference or wants_demo:
            self._say(institutions_reference.load() | seruni_reference.load())
        if wants_demo:
            self._demo(accounts, scale)

    def _demo(self, accounts, scale):
        try:
            self._say(demo.load(accounts=accounts, scale=scale))
        except demo.RealDataFound as problem:
            raise CommandError(
                "Ada akun yang bukan peraga. Data peraga hanya dimuat ke portal yang masih kosong."
            ) from problem

    def _say(self, counts: dict[str, int]):
        words = ", ".join(f"{number} {what}" for what, number in counts.items())
        self.stdout.write(words or "tidak ada yang perlu ditambahkan")
