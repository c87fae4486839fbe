"""The record can only grow: the same guarantee on both engines, by trigger."""

from django.db import migrations

START = "0" * 64

SQLITE = [
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON core_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON core_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    f"""CREATE TRIGGER audit_chain BEFORE INSERT ON core_auditevent
       WHEN NEW.seq <> COALESCE((SELECT max(seq) FROM core_auditevent), 0) + 1
         OR NEW.prev <> COALESCE(
              (SELECT mac FROM core_auditevent ORDER BY seq DESC LIMIT 1), '{START}')
       BEGIN SELECT RAISE(ABORT, 'audit chain broken'); END""",
]

POSTGRESQL = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
    f"""CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE last record;
       BEGIN
         SELECT seq, mac INTO last FROM core_auditevent ORDER BY seq DESC LIMIT 1;
         IF NEW.seq <> COALESCE(last.seq, 0) + 1
            OR NEW.prev <> COALESCE(last.mac, '{START}') THEN
           RAISE EXCEPTION 'audit chain broken';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON core_auditevent
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON core_auditevent
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_chain BEFORE INSERT ON core_auditevent
       FOR EACH ROW EXECUTE FUNCTION audit_chain()""",
    "ALTER TABLE core_auditevent ENABLE ALWAYS TRIGGER audit_no_change",
    "ALTER TABLE core_auditevent ENABLE ALWAYS TRIGGER audit_no_truncate",
    "ALTER TABLE core_auditevent ENABLE ALWAYS TRIGGER audit_chain",
]

SQLITE_UNDO = [f"DROP TRIGGER {name}" for name in ("audit_no_update", "audit_no_delete", "audit_chain")]
POSTGRESQL_UNDO = [
    "DROP TRIGGER audit_no_change ON core_auditevent",
    "DROP TRIGGER audit_no_truncate ON core_auditevent",
    "DROP TRIGGER audit_chain ON core_auditevent",
    "DROP FUNCTION audit_append_only()",
    "DROP FUNCTION audit_chain()",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    undo = SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO
    for statement in undo:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_terms_at_institutions")]

    operations = [migrations.RunPython(guard, unguard)]
