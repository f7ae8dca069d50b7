"""Fills the site with the stories of a file: `python -m bench._stock_wagtail.make FOLDER`. Prints paths in JSON."""

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench._stock_wagtail.settings")
if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images.models import Image
from wagtail.models import Page, Site

from bench._stock_wagtail.models import Person, Section, StoryPage, Topic


def make(folder: Path) -> list[str]:
    """Make the site; return the paths of its stories in the file's order."""
    (settings.DATA / "stock_migrations").mkdir()
    (settings.DATA / "stock_migrations/__init__.py").touch()
    call_command("makemigrations", "_stock_wagtail", verbosity=0)
    call_command("migrate", verbosity=0)
    home = Page.objects.get(depth=2)
    Site.objects.update(root_page=home)
    with (folder / "photo.jpg").open("rb") as file:
        photo = Image.objects.create(title="Ferry", file=ImageFile(file, name="photo.jpg"))
    stories = json.loads((folder / "stories.json").read_text())
    with transaction.atomic():
        pages = [_story(told, home, photo) for told in stories]
    return [page.get_url() for page in pages]


def _story(told: dict[str, Any], home: Page, photo: Image) -> StoryPage:
    page = StoryPage(
        title=told["title"],
        slug=told["slug"],
        standfirst=told["standfirst"],
        section=Section.objects.get_or_create(name=told["section"])[0],
        photo=photo,
        body=[("paragraph", text) for text in told["paragraphs"]],
        first_published_at=dt.datetime.fromisoformat(told["at"]),
    )
    page.people = [Person.objects.get_or_create(name=name)[0] for name in told["people"]]
    page.topics = [Topic.objects.get_or_create(name=name)[0] for name in told["topics"]]
    return home.add_child(instance=page)


if __name__ == "__main__":
    print(json.dumps(make(Path(sys.argv[1]))))
