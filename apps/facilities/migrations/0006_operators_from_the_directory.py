"""Facilities that came from the directory are public or private as it says (suggestions.py has the reasons)."""

from django.db import migrations

AS_PUBLISHED = r"""
UPDATE facilities_facility SET operator = CASE
    WHEN published.corporate_number ~ '^\d0000[12]'
        OR published.name ~ '独立行政法人|国立大学法人|公立大学法人|事務組合|広域連合|企業団' THEN 'public'
    WHEN published.corporate_number <> ''
        OR published.name ~ '社会福祉法人|社会福祉協議会|会社|医療法人|非営利活動法人|NPO法人|社団|財団|協同組合|学校法人'
        OR published.name ~ '宗教法人|企業組合|日本赤十字社|[（(][福株有医特][）)]' THEN 'private'
    WHEN published.name ~ '[都道府県市区町村]$' THEN 'public'
    ELSE ''
END
FROM (
    SELECT id, corporate_number, regexp_replace(corporate_name, '[\s　]', '', 'g') AS name FROM directory_office
) published
WHERE published.id = office_id
"""


class Migration(migrations.Migration):
    dependencies = [("facilities", "0005_who_runs_a_facility")]
    operations = [
        # Going back takes the column away.
        migrations.RunSQL(AS_PUBLISHED, migrations.RunSQL.noop),
    ]
