import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from pug_portal.core.access import Refused
from pug_portal.core.actions import accounts
from pug_portal.core.roles import Role

QUESTIONS = {
    "name": "Nama lengkap",
    "email": "Surel kantor",
    "username": "Nama pengguna (contoh: rini.astuti)",
}


class Command(BaseCommand):
    help = "Mengundang Admin sistem pertama dan mencetak tautannya; kata sandi dibuat oleh orangnya sendiri."

    def add_arguments(self, parser):
        for option, words in QUESTIONS.items():
            parser.add_argument(f"--{option}", default="", help=words)
        parser.add_argument("--no-input", action="store_true", help="jangan bertanya")

    def handle(self, *args, **options):
        answers = {one: self._answer(one, options) for one in QUESTIONS}
        try:
            invitation = accounts.first_admin(**answers, role=Role.SYSTEM_ADMIN)
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write("Buka tautan ini sekali, dalam 72 jam, lalu buat kata sandi:")
        self.stdout.write(invitation.link)

    def _answer(self, option: str, options: dict) -> str:
        given = options[option].strip()
        ask = not (options["no_input"] or given) and sys.stdin.isatty()
        while ask and not self._fits(option, given):
            given = input(f"{QUESTIONS[option]}: ").strip()
        if not self._fits(option, given):
            raise CommandError(f"{QUESTIONS[option]} belum benar: pakai --{option}")
        return given

    def _fits(self, option: str, given: str) -> bool:
        if option == "email" and given:
            try:
                validate_email(given)
            except ValidationError:
                return False
        return bool(given)
