"""A paper of a few stories in a folder of its own, and what its newsroom does: each act a program, as it is elsewhere.

`python -m tests.proxies.small_paper make` prints where its pages are, in JSON; `take_down SLUG` and `update SLUG` print
when they had committed.
"""

import json
import sys
import time

import django
from django.core.management import call_command

django.setup()

from broadsheet.accounts.models import User  # noqa: E402 - Django is set up by the line above, and these need it
from broadsheet.photos.tests.factories import PhotoFactory  # noqa: E402
from broadsheet.publishing.publish_story import publish_story  # noqa: E402
from broadsheet.publishing.take_down_story import take_down_story  # noqa: E402
from broadsheet.sections.tests.factories import SectionFactory  # noqa: E402
from broadsheet.stories.models import Story, TakedownGround  # noqa: E402
from broadsheet.stories.tests.factories import make_story  # noqa: E402

STORIES = {
    "ferry": "The ferry returns to Eastmere",
    "gulls": "Gulls hold the harbour wall",
    "нabережная": "A walk on the quay",
}
TEXT = "<p>It came in at seven, with the tide and forty passengers. Nobody on the quay had believed it would.</p>"


def make() -> dict[str, str]:
    """Fill an empty database; return addresses by what stands there."""
    section = SectionFactory.create(name="City", slug="city")
    body = [("paragraph", TEXT)] * 12
    stories = {
        slug: make_story(
            headline=headline, slug=slug, section=section, body=body, lead_photo=PhotoFactory.create(), live=False
        )
        for slug, headline in STORIES.items()
    }
    for story in stories.values():
        _publish(story)
    call_command(
        "db_worker", batch=True, startup_delay=False, verbosity=0
    )  # nothing of the newsroom is still to be done
    return {slug: story.url for slug, story in stories.items()} | {"section": "/section/city/", "front": "/"}


def update(slug: str) -> float:
    """Publish a correction of a story; return when."""
    story = Story.objects.get(slug=slug)
    version = story.get_latest_revision_as_object()
    version.title = f"{version.title}, updated"
    version.change_class, version.change_note = "update", "Its passengers were counted."
    _publish(version)
    return time.time()


def take_down(slug: str) -> float:
    """Take a story away from readers; return when."""
    take_down_story(
        story=Story.objects.get(slug=slug),
        user=_editor(),
        ground=TakedownGround.LEGAL,
        sentence="This story was taken down on the order of a court.",
        reason="Order of the court of Eastmere.",
    )
    return time.time()


def _publish(story: Story) -> None:
    story.save_revision(user=_editor())
    publish_story(story=story, user=_editor())


def _editor() -> User:
    known: User | None = User.objects.filter(email="editor@small.example").first()
    return known or User.objects.create_superuser("editor@small.example", first_name="Ida")


if __name__ == "__main__":
    act, *arguments = sys.argv[1:]
    if act == "make":
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*", "*admin*", "rest_*"])
    sys.stdout.write(json.dumps({"make": make, "update": update, "take_down": take_down}[act](*arguments)) + "\n")
