import json
from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Cast

from broadsheet.stories.recorded_photos import photos_shown

PAGES_AT_ONCE = 1000


def note_shown_photos(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Note which photos are shown by the pages that readers see now."""
    shown_photo = apps.get_model("stories", "ShownPhoto")
    story, page = apps.get_model("stories", "Story"), apps.get_model("stories", "InformationPage")
    for model, columns in ((story, ("lead_photo_id", "lead_photo_caption")), (page, ())):
        for content in _contents(model, columns):
            photos = photos_shown(content)
            rows = [shown_photo(page_id=content["pk"], photo_id=pk, own_caption=own) for pk, own in photos.items()]
            shown_photo.objects.bulk_create(rows, ignore_conflicts=True)


def _contents(model: Any, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield what `photos_shown` reads of the pages of a model, batch by batch."""
    last_pk = 0
    pages = model.objects.filter(live=True).order_by("pk").annotate(raw=Cast("body", models.TextField()))
    while batch := list(pages.filter(pk__gt=last_pk).values("pk", "raw", *columns)[:PAGES_AT_ONCE]):
        for page in batch:
            yield page | {"body": json.loads(page["raw"] or "[]") if '"photo"' in page["raw"] else []}
        last_pk = batch[-1]["pk"]


class Migration(migrations.Migration):
    """The record holds the words of photos from here on; what they say now is kept for the versions before."""

    dependencies = [
        ("photos", "0002_withdrawn"),
        ("stories", "0005_record_what_is_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerPhotoWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("photo_id", models.BigIntegerField()),
                ("caption", models.TextField(blank=True)),
                ("credit", models.CharField(blank=True, max_length=255)),
                ("alt_text", models.TextField(blank=True)),
                ("is_decorative", models.BooleanField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["photo_id", "until"], name="former_photo_words")],
            },
        ),
        migrations.CreateModel(
            name="ShownPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page_id", models.BigIntegerField()),
                ("photo_id", models.BigIntegerField(db_index=True)),
                ("own_caption", models.BooleanField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("page_id", "photo_id"), name="photo_shown_once")],
            },
        ),
        migrations.RunPython(note_shown_photos, migrations.RunPython.noop),
    ]
