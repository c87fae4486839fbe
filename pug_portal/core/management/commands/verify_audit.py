from django.core.management.base import BaseCommand, CommandError

from pug_portal.core import audit, triggers


class Command(BaseCommand):
    help = "Memeriksa rantai catatan audit, jangkarnya, dan pemicu basis data yang menjaganya."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="start", type=int, default=1, metavar="NOMOR", help="mulai dari baris ini"
        )

    def handle(self, *args, **options):
        broken = audit.first_broken_link(options["start"])
        wrong = [str(problem) for problem in triggers.problems()]
        if broken:
            wrong.insert(0, f"baris {broken[0]}: {broken[1]}")
        if wrong:
            raise CommandError("Catatan audit tidak utuh: " + "; ".join(wrong))
        count = audit.AuditEvent.objects.filter(seq__gte=options["start"]).count()
        self.stdout.write(f"Utuh: {count} baris diperiksa, semua pemicu terpasang.")
