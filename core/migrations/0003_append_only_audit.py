"""The database itself refuses to change or remove audit entries and seals.

TRUNCATE is refused too, but in the tests, which empty every table between two races.
"""

from django.conf import settings
from django.db import migrations

TABLES = ("core_auditentry", "core_auditseal")
FUNCTION = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
ROWS = """
CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION core_refuse_change()
"""
WHOLE = """
CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()
"""
BACK = """
DROP TRIGGER IF EXISTS {table}_keep ON {table};
DROP TRIGGER IF EXISTS {table}_keep_all ON {table}
"""


def guard(apps, schema_editor):
    schema_editor.execute(FUNCTION, params=None)
    for table in TABLES:
        schema_editor.execute(ROWS.format(table=table))
        if "audit_truncate" not in settings.PROTECTIONS_OFF:
            schema_editor.execute(WHOLE.format(table=table))


def unguard(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(BACK.format(table=table))
    schema_editor.execute("DROP FUNCTION core_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_rules_and_holds")]

    operations = [migrations.RunPython(guard, unguard)]
