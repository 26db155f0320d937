"""A sheet says where its answer goes back to, and which sheet was printed after it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("paper", "0003_a_code_says_its_environment"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="fax",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="sheet",
            name="replaced_by",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaces", to="paper.sheet"
            ),
        ),
        migrations.AlterField(
            model_name="scan",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_code", "No QR code could be read on it."),
                    ("foreign", "It has a QR code, but not of a sheet of yours."),
                    ("several", "Codes of several sheets are on it."),
                    ("used", "Its sheet was answered already."),
                    ("void", "Its sheet does not count any more."),
                    ("replaced", "A newer sheet was printed for this office after it."),
                    ("late", "It came after its sheet was due."),
                    ("twice", "This page of the sheet has come back already."),
                    ("aside", "Somebody has put it aside."),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by", None), ("voided_at__isnull", False), _connector="OR"),
                name="a_replaced_sheet_is_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("fax__regex", "^(0[0-9-]{8,18}[0-9])?$")), name="a_fax_number_can_be_dialled"
            ),
        ),
    ]
