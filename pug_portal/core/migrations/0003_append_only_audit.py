"""The record can only grow: the same guarantee on both engines, by trigger."""

from django.db import migrations

from pug_portal.core import triggers


def guard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in triggers.SQLITE.values() if sqlite else triggers.POSTGRESQL_INSTALL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in triggers.SQLITE_REMOVE if sqlite else triggers.POSTGRESQL_REMOVE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_terms_at_institutions")]

    operations = [migrations.RunPython(guard, unguard)]
