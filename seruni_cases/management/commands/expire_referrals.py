"""Let referrals expire that no partner answered; run daily beside the tick."""

from django.core.management.base import BaseCommand

from seruni_cases.actions.referral import expire_silent


class Command(BaseCommand):
    help = "Menandai kedaluwarsa rujukan yang seminggu melewati batas jawaban."

    def handle(self, *args, **options):
        self.stdout.write(f"{expire_silent()} rujukan kedaluwarsa")
