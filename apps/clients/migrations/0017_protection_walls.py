"""Places, protections and petitions stay inside their environment; a protection is not ended by changing a client."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable, WriteOnce

MEMBERS = {
    "clients_clientplace": ["written_by_id"],
    "clients_protection": ["marked_by_id", "lifting_asked_by_id", "lifted_by_id"],
    "clients_petition": ["asked_by_id", "first_by_id", "second_by_id", "ended_by_id"],
}


def walls(table: str) -> list[migrations.RunSQL]:
    own = [SameEnvironment(table, column, "environments_member") for column in MEMBERS[table]]
    return [TenantTable(table), SameEnvironment(table, "client_id", "clients_client"), *own]


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0016_protection"),
    ]
    operations = [
        *walls("clients_clientplace"),
        WriteOnce("clients_clientplace"),
        *walls("clients_protection"),
        WriteOnce("clients_protection"),
        *walls("clients_petition"),
        WriteOnce("clients_petition"),
        migrations.RunSQL(
            sql=[
                """
                CREATE FUNCTION clients_client_stays_protected() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF EXISTS (SELECT FROM clients_protection WHERE client_id = NEW.id AND lifted_at IS NULL) THEN
                        RAISE EXCEPTION 'a protection is lifted by two people' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END $$
                """,
                """
                CREATE TRIGGER stays_protected BEFORE UPDATE ON clients_client
                FOR EACH ROW WHEN (OLD.is_protected AND NOT NEW.is_protected)
                EXECUTE FUNCTION clients_client_stays_protected()
                """,
            ],
            reverse_sql=[
                "DROP TRIGGER stays_protected ON clients_client",
                "DROP FUNCTION clients_client_stays_protected()",
            ],
        ),
    ]
