"""What a list brought goes with the list, while nobody has struck it out; everything else of these tables stays."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment

TABLES = ("clients_clientnumber", "clients_certification")


def goes_with_its_list(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {table}_goes_with_its_list() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF OLD.brought_by_id IS NULL OR OLD.struck_at IS NOT NULL THEN
                RAISE EXCEPTION '{table} stays' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN OLD;
        END $$;
        CREATE TRIGGER goes_with_its_list BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_goes_with_its_list();
        GRANT DELETE ON {table} TO {APP_ROLE};
        """,
        f"""
        REVOKE DELETE ON {table} FROM {APP_ROLE};
        DROP TRIGGER goes_with_its_list ON {table};
        DROP FUNCTION {table}_goes_with_its_list();
        """,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0032_lists_bring_certificates"),
    ]
    operations = [
        *[SameEnvironment(table, "brought_by_id", "clients_importrun") for table in TABLES],
        *[goes_with_its_list(table) for table in TABLES],
    ]
