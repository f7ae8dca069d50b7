from django.db import migrations

WHAT_IS_LIVE = """
INSERT INTO stories_unrecordedchange (page_id, at)
SELECT page.id, CURRENT_TIMESTAMP FROM pages_basepage page
WHERE page.live AND (
    page.id IN (SELECT basepage_ptr_id FROM stories_story)
    OR page.id IN (SELECT basepage_ptr_id FROM stories_informationpage)
)
"""


class Migration(migrations.Migration):
    """What was published before there was a record goes on it: publishing/record_unrecorded.py does the rest."""

    dependencies = [
        ("stories", "0004_record"),
    ]

    operations = [
        migrations.RunSQL(WHAT_IS_LIVE, migrations.RunSQL.noop),
    ]
