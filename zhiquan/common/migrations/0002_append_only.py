"""The database itself refuses to change an audit entry, except to empty its payload and salt together.

Rows can still be deleted: what is gone shows as a gap in the chain over the entries, and tests must clear their tables.
"""

from django.db import migrations

KEPT = ("id", "at", "action", "outcome", "actor", "via", "target", "count", "content", "digest")
CHANGED = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in KEPT)
CONDITION = f"NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR {CHANGED}"
SENTENCE = "操作记录只能追加，不能修改。"

SQLITE = (
    f"""CREATE TRIGGER audit_append_only BEFORE UPDATE ON common_auditentry WHEN {CONDITION}
        BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
    "DROP TRIGGER audit_append_only",
)
POSTGRES = (
    f"""CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER audit_append_only BEFORE UPDATE ON common_auditentry
        FOR EACH ROW WHEN ({CONDITION}) EXECUTE FUNCTION audit_append_only()""",
    "DROP TRIGGER audit_append_only ON common_auditentry; DROP FUNCTION audit_append_only()",
)


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    create, _ = POSTGRES if vendor == "postgresql" else SQLITE
    # Older SQLite has no IS DISTINCT FROM; its IS NOT means the same.
    schema_editor.execute(create if vendor == "postgresql" else create.replace("IS DISTINCT FROM", "IS NOT"))


def take_down(apps, schema_editor):
    _, drop = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    schema_editor.execute(drop)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_first")]
    operations = [migrations.RunPython(put_up, take_down)]
