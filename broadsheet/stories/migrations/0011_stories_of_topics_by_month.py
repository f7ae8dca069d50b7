from django.db import migrations, models


class Migration(migrations.Migration):
    """The stories of a topic are counted month by month in one index."""

    dependencies = [
        ("stories", "0010_date_topics"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storytopic",
            index=models.Index(fields=["topic", "-month", "-published_at", "-story"], name="story_topic_by_month"),
        ),
    ]
