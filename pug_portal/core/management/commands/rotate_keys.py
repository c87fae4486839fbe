from django.core.management.base import BaseCommand, CommandError

from pug_portal.core.actions import keys
from pug_portal.core.keyring import KeyringProblem


class Command(BaseCommand):
    help = (
        "Membungkus ulang semua kunci berkas dengan kunci utama yang sedang menulis; "
        "--new lebih dahulu membuat kunci baru. Bila terputus, jalankan lagi tanpa --new."
    )

    def add_arguments(self, parser):
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--status", action="store_true", help="hitung isi yang bergantung pada tiap kunci")
        act.add_argument("--new", action="store_true", help="buat kunci baru, yang menulis sejak sekarang")
        act.add_argument("--retire", type=int, metavar="NOMOR", help="lepas kunci yang tidak dipakai lagi")
        parser.add_argument("--reason", default="", help="alasan, dicatat dalam audit")
        parser.add_argument("--batch", type=int, default=keys.BATCH, help="baris per transaksi")

    def handle(self, *args, **options):
        try:
            self._act(options)
        except KeyringProblem as problem:
            raise CommandError(str(problem)) from problem

    def _act(self, options):
        if options["retire"]:
            keys.retire(options["retire"], reason=self._reason(options))
        elif not options["status"]:
            self._rotate(options)
        self._status()

    def _reason(self, options) -> str:
        if not options["reason"]:
            raise CommandError('Tulis alasan: --reason "..."')
        return options["reason"]

    def _rotate(self, options):
        reason = self._reason(options)
        if options["new"]:
            self.stdout.write(f"Kunci nomor {keys.new_key()} kini menulis.")
        moved = 0
        for count in keys.rewrap(options["batch"]):
            moved += count
        keys.finish(moved, reason=reason)
        self.stdout.write(f"{moved} dibungkus ulang. Mulai ulang layanan supaya kunci baru dipakai.")

    def _status(self):
        for use in keys.uses():
            notes = [
                *(["menulis"] if use.writes else []),
                *(["segel audit dan indeks, tidak dapat dilepas"] if use.anchors else []),
                *(["dapat dilepas"] if use.can_be_retired else []),
            ]
            self.stdout.write(
                f"kunci {use.number}: {use.data_keys} kunci berkas, {use.factors} faktor masuk, "
                f"{use.files} berkas tanpa kasus{'; ' if notes else ''}{'; '.join(notes)}"
            )
