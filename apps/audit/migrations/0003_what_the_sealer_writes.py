import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_entries_are_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("environment_id", models.UUIDField(null=True)),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name_plural": "leaves",
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment_id", models.UUIDField(null=True)),
                ("number", models.PositiveIntegerField()),
                ("public", models.BinaryField(max_length=32)),
                ("locked", models.BinaryField()),
                ("endorsement", models.BinaryField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment_id", models.UUIDField(null=True)),
                ("level", models.PositiveSmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment_id", models.UUIDField(null=True)),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("key_number", models.PositiveIntegerField()),
                ("signature", models.BinaryField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            model_name="leaf",
            constraint=models.UniqueConstraint(
                fields=("environment_id", "number"), name="a_number_is_given_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                fields=("environment_id", "number"), name="a_key_follows_another_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="tile",
            constraint=models.UniqueConstraint(
                fields=("environment_id", "level", "number"), name="a_tile_is_hashed_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="treehead",
            constraint=models.UniqueConstraint(
                fields=("environment_id", "size"), name="a_size_is_signed_once", nulls_distinct=False
            ),
        ),
    ]
