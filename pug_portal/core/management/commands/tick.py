import logging

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

log = logging.getLogger("portal.tick")


class Command(BaseCommand):
    help = "Pekerjaan tiap menit: surat, tenggat, masa berlaku, draf lama, sesi lama."

    def handle(self, *args, **options):
        failed = [name for name in settings.TICK if not self._done(name)]
        call_command("clearsessions")
        if failed:
            raise CommandError(f"Gagal: {', '.join(failed)}")

    def _done(self, name: str) -> bool:
        """Do one duty; whatever goes wrong in it must not keep the others waiting."""
        try:
            result = import_string(name)()
        except Exception:
            log.exception("tick: %s", name)
            return False
        if result not in (0, None, (0, 0)):
            self.stdout.write(f"{name.rsplit('.', 1)[-1]}: {result}")
        return True
