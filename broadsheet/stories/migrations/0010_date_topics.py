from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncMonth
from django.utils import timezone

ROWS_AT_ONCE = 50_000


def date_topics(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write down the month of what readers see now; of the rest there is none."""
    rows = apps.get_model("stories", "StoryTopic").objects.order_by("pk")
    month = TruncMonth("published_at", tzinfo=timezone.get_default_timezone(), output_field=models.DateField())
    last_pk = rows.values_list("pk", flat=True).last() or 0
    for first in range(0, last_pk, ROWS_AT_ONCE):
        here = rows.filter(pk__gt=first, pk__lte=first + ROWS_AT_ONCE, published_at__isnull=False, story__live=True)
        here.order_by().update(month=month)
    twice = rows.filter(story=OuterRef("story"), topic=OuterRef("topic"), pk__lt=OuterRef("pk"))
    rows.filter(Exists(twice)).order_by().update(month=None)


class Migration(migrations.Migration):
    """What is published gets its months: batch by batch, so that nobody waits for the whole archive."""

    atomic = False
    dependencies = [
        ("stories", "0009_story_so_far"),
    ]

    operations = [
        migrations.RunPython(date_topics, migrations.RunPython.noop),
    ]
