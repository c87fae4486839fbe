"""What must be true before the portal serves: settings read back, not believed."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from pug_portal.core import keyring
from pug_portal.core.models import AuditEvent, KeyCheck, User

KNOWN_TEXT = b"portal pug"
# Whoever owns the tables, their schema or the database can drop the triggers of the record.
OWNERSHIP = (
    "SELECT count(*) FROM pg_tables WHERE tableowner = current_user",
    """SELECT count(*) FROM pg_namespace
       WHERE nspname = current_schema() AND pg_has_role(current_user, nspowner, 'USAGE')""",
    """SELECT count(*) FROM pg_database
       WHERE datname = current_database() AND pg_has_role(current_user, datdba, 'USAGE')""",
    "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolsuper",
    """SELECT count(*) FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS verb
       WHERE has_table_privilege(current_user, %(audit)s, verb)""",
)


class StartRefused(ImproperlyConfigured):
    """The portal does not start in this state; the message says what to do."""


def verify() -> None:
    """Raise StartRefused (or KeyringProblem) when a promise of the settings does not hold."""
    verify_keys()
    verify_people()
    if connection.vendor == "sqlite":
        verify_sqlite()
    else:
        verify_postgresql()


def key_value(ring_id: int) -> str:
    return keyring.derive("seruni/check/" + KNOWN_TEXT.decode(), ring_id).hex()


def verify_keys() -> None:
    """Compare each root key with the value stored when it was first used; store new ones."""
    ring = keyring.load()
    stored = dict(KeyCheck.objects.values_list("ring_id", "value"))
    for ring_id in ring.keys:
        if stored.setdefault(ring_id, key_value(ring_id)) != key_value(ring_id):
            raise StartRefused(
                f"Kunci nomor {ring_id} bukan kunci yang dipakai data ini. Pasang berkas kunci "
                "yang benar; memulai dengan kunci lain akan merusak data."
            )
    if stored and not set(stored) <= set(ring.keys):
        raise StartRefused("Ada kunci lama yang hilang dari berkas kunci. Kembalikan dahulu.")
    KeyCheck.objects.bulk_create(
        [KeyCheck(ring_id=number, value=value) for number, value in stored.items()],
        ignore_conflicts=True,
    )


def verify_people() -> None:
    """Refuse to serve fictional accounts, whose passwords lie in a file, as if they were real."""
    if not (settings.DEMO or settings.DEBUG) and User.objects.filter(is_demo=True).exists():
        raise StartRefused(
            "Basis data ini berisi akun peraga. Pakai basis data kosong untuk produksi, "
            "atau isi DEMO=true untuk peragaan."
        )


def verify_sqlite() -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with connection.cursor() as cursor:
        for pragma, value in wanted.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != value and not (pragma == "journal_mode" and found == "memory"):
                raise StartRefused(f"SQLite: {pragma} seharusnya {value}, terbaca {found}.")


def verify_postgresql() -> None:
    if not settings.SECURE_ORIGIN:
        return
    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] != "on":
                raise StartRefused(f"PostgreSQL: {name} harus on agar data tidak hilang.")
        for question in OWNERSHIP:
            cursor.execute(question, {"audit": AuditEvent._meta.db_table})
            if cursor.fetchone()[0]:
                raise StartRefused(
                    "Peran basis data aplikasi tidak boleh memiliki tabel, skema, atau basis data, "
                    "dan tidak boleh mengubah catatan audit. Jalankan deploy/postgres-roles.sql "
                    "dan pakai peran seruni_app."
                )
