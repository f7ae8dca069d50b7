"""The paper of `bench/reading.py`: stories of twenty paragraphs with a photo, two names and three topics.

Run as `python -m bench._story_paper NUMBER FOLDER` on the data that the environment names. Prints the stories' paths in
JSON, and leaves in the folder what a stock Wagtail needs to show the same (stories.json, photo.jpg).
"""

import dataclasses
import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
if __name__ == "__main__":
    django.setup()

from django.core.management import call_command

from broadsheet.bylines.models import Contributor
from broadsheet.demo.synthetic import Shelves, synthetic_stories
from broadsheet.kit import clock
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.models import Section
from broadsheet.stories.bulk_load import StoryRecord, bulk_load_stories
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic

SECTIONS = ("City", "Harbour", "Culture", "Sport")
PARAGRAPHS = 20
"""Some thousand words."""
MADE_OF = 7
"""Synthetic stories have three paragraphs at least; so many make one of ours."""


def make(number: int, folder: Path) -> list[str]:
    """Fill an empty database; return the paths of the stories, newest first."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sections = [Section.objects.create(name=name, slug=name.lower()) for name in SECTIONS]
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}") for n in range(50)]
    people = [Contributor.objects.create(name=f"Reporter {n}", slug=f"reporter-{n}") for n in range(20)]
    photo = PhotoFactory.create(file__width=1600, file__height=1000)
    source = Contributor.objects.create(name="Desk", slug="desk")
    shelves = Shelves(
        sections=[one.pk for one in sections],
        topics=[one.pk for one in topics],
        contributors=[one.pk for one in people],
        photos=[photo.pk],
        source=source.pk,
    )
    for _ in bulk_load_stories(_long_stories(number, shelves), batch_size=500):
        pass
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    _leave_for_stock(folder, photo)
    return [str(story.url) for story in _stories()]


def _long_stories(number: int, shelves: Shelves) -> Iterator[StoryRecord]:
    newest = clock.now() - dt.timedelta(hours=1)
    records = synthetic_stories(first=0, end=number * MADE_OF, newest_at=newest, shelves=shelves)
    for place, several in enumerate(zip(*[records] * MADE_OF, strict=True)):
        texts = [paragraph["value"] for record in several for paragraph in record.body][:PARAGRAPHS]
        yield dataclasses.replace(
            several[0],
            body=[_paragraph(text, f"{place:08x}-0000-4000-8000-{n:012x}") for n, text in enumerate(texts)],
            topics=[shelves.topics[(place + step) % len(shelves.topics)] for step in (0, 7, 19)],
            lead_photo_id=shelves.photos[0],
            work_type="news",
        )


def _paragraph(text: str, block_id: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": text, "id": block_id}


def _stories() -> list[Story]:
    return list(Story.objects.order_by("-first_published_at", "-pk"))


def _leave_for_stock(folder: Path, photo: Photo) -> None:
    """Write down what the pages show, for another system to show the same."""
    shutil.copy(photo.file.path, folder / "photo.jpg")
    told = [
        {
            "title": story.title,
            "slug": story.slug,
            "standfirst": story.standfirst,
            "section": story.section.name,
            "people": [row.contributor.name for row in story.bylines.all()],
            "topics": [row.topic.name for row in story.story_topics.all()],
            "at": story.first_published_at.isoformat(),
            "paragraphs": [block["value"] for block in story.body.get_prep_value()],
        }
        for story in _stories()
    ]
    (folder / "stories.json").write_text(json.dumps(told))


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[1]), Path(sys.argv[2]))))
