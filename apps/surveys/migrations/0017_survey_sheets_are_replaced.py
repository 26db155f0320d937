"""When a newer sheet was printed for the same office is said afterwards; everything else stays as it was made."""

from django.db import migrations, models

from apps.kernel.walls import APP_ROLE, Kept

TABLE = "surveys_surveysheet"
FUNCTION = f"{TABLE}_is_append_only"
RAISE = f"RAISE EXCEPTION '{TABLE} is append-only' USING ERRCODE = 'insufficient_privilege'"


class Migration(migrations.Migration):
    dependencies = [
        ("paper", "0005_replaced_sheet_walls"),
        ("surveys", "0016_surveys_have_an_origin"),
    ]
    operations = [
        migrations.AddField("surveysheet", "replaced_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            [
                f"DROP TRIGGER append_only_as_a_whole ON {TABLE}",
                f"DROP TRIGGER append_only ON {TABLE}",
                f"DROP FUNCTION {FUNCTION}()",
            ],
            [
                f"REVOKE UPDATE, DELETE ON {TABLE} FROM {APP_ROLE}",
                f"CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RAISE}; END $$",
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}"
                f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
                f"CREATE TRIGGER append_only_as_a_whole BEFORE TRUNCATE ON {TABLE}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
            ],
        ),
        Kept(TABLE, but=["replaced_at"]),
    ]
