from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0006_kinds_so_far"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="talkroom",
            constraint=models.CheckConstraint(
                condition=models.Q(("client", None), ("classification", "support_record"), _connector="OR"),
                name="talk_about_a_client_is_a_support_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkroom",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "pair"), ("pair_first__isnull", False), ("pair_second__isnull", False)),
                    models.Q(models.Q(("kind", "pair"), _negated=True), ("pair_first", None), ("pair_second", None)),
                    _connector="OR",
                ),
                name="pair_talks_and_only_they_have_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkroom",
            constraint=models.CheckConstraint(
                condition=models.Q(("pair_first", None), ("pair_first__lt", models.F("pair_second")), _connector="OR"),
                name="two_people_stand_in_the_order_of_their_keys",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkroom",
            constraint=models.UniqueConstraint(fields=("pair_first", "pair_second"), name="two_people_have_one_talk"),
        ),
    ]
