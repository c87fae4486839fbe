"""The triggers that let the record only grow: what the migration installs and `verify_audit` expects."""

from dataclasses import dataclass

from django.db import connection

TABLE = "core_auditevent"
START = "0" * 64

SQLITE = {
    "audit_no_update": f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_no_delete": f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE}
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_chain": f"""CREATE TRIGGER audit_chain BEFORE INSERT ON {TABLE}
       WHEN NEW.seq <> COALESCE((SELECT max(seq) FROM {TABLE}), 0) + 1
         OR NEW.prev <> COALESCE(
              (SELECT mac FROM {TABLE} ORDER BY seq DESC LIMIT 1), '{START}')
       BEGIN SELECT RAISE(ABORT, 'audit chain broken'); END""",  # noqa: S608
}

APPEND_ONLY = """
       BEGIN RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'insufficient_privilege'; END """
CHAIN = f"""
       DECLARE last record;
       BEGIN
         SELECT seq, mac INTO last FROM {TABLE} ORDER BY seq DESC LIMIT 1;
         IF NEW.seq <> COALESCE(last.seq, 0) + 1
            OR NEW.prev <> COALESCE(last.mac, '{START}') THEN
           RAISE EXCEPTION 'audit chain broken';
         END IF;
         RETURN NEW;
       END """  # noqa: S608

# name -> (events and granularity in pg_trigger.tgtype, function, its body)
# tgtype is a sum of: row 1, before 2, insert 4, delete 8, update 16, truncate 32.
POSTGRESQL = {
    "audit_no_change": (1 + 2 + 8 + 16, "audit_append_only", APPEND_ONLY),
    "audit_no_truncate": (2 + 32, "audit_append_only", APPEND_ONLY),
    "audit_chain": (1 + 2 + 4, "audit_chain", CHAIN),
}

POSTGRESQL_INSTALL = [
    f"CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $${APPEND_ONLY}$$",
    f"CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $${CHAIN}$$",
    f"""CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE}
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    f"""CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE}
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
    f"""CREATE TRIGGER audit_chain BEFORE INSERT ON {TABLE}
       FOR EACH ROW EXECUTE FUNCTION audit_chain()""",
    *(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}" for name in POSTGRESQL),
]
SQLITE_REMOVE = [f"DROP TRIGGER {name}" for name in SQLITE]
POSTGRESQL_REMOVE = [
    *(f"DROP TRIGGER {name} ON {TABLE}" for name in POSTGRESQL),
    "DROP FUNCTION audit_append_only()",
    "DROP FUNCTION audit_chain()",
]


@dataclass(frozen=True)
class Problem:
    """One trigger that is not as it was installed."""

    trigger: str
    words: str

    def __str__(self):
        return f"pemicu {self.trigger} {self.words}"


def problems() -> list[Problem]:
    """Return the triggers that are missing, switched off or written differently."""
    found = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    wanted = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    missing = [Problem(name, "tidak ada") for name in wanted if name not in found]
    changed = [
        Problem(name, "dimatikan" if found[name] is None else "berubah isinya")
        for name in wanted
        if name in found and found[name] != _plain(wanted[name])
    ]
    return missing + changed


def _plain(definition):
    if isinstance(definition, str):
        return " ".join(definition.split())
    events, function, body = definition
    return events, function, " ".join(body.split())


def _sqlite() -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        return {name: _plain(sql) for name, sql in cursor.fetchall()}


def _postgresql() -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.tgname, t.tgenabled, t.tgtype, p.proname, p.prosrc
               FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
               WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgqual IS NULL""",
            [TABLE],
        )
        # "A": fires always, also for replicas; anything else can be passed by a session setting.
        return {
            name: _plain((events, function, body)) if enabled == "A" else None
            for name, enabled, events, function, body in cursor.fetchall()
        }
