"""Stories that wait for their moment, for `bench/embargo.py`: made once, planned anew for each case.

Run as `python -m bench._planned_stories make 500`, `plan FIRST_SECONDS SPREAD_SECONDS` or `report`, on the data
that the environment names.
"""

import datetime as dt
import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, Revision

from broadsheet.accounts.models import User
from broadsheet.bylines.models import Contributor
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.pages.models import BasePage
from broadsheet.publishing.models import FailedPublication
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.record_guards import install_guards, remove_guards
from broadsheet.stories.shelves import month_page, today
from broadsheet.topics.models import Topic

PARAGRAPH = "<p>The harbour board met on Tuesday, as it does, and put the matter off until the tide had been asked.</p>"


def make(number: int) -> None:
    """Make stories of twelve paragraphs with two names and two topics, and one version of each."""
    call_command("migrate", verbosity=0)
    editor = User.objects.create_user("editor@bench.example", first_name="Ida")
    section = Section.objects.create(name="City", slug="city")
    people = [Contributor.objects.create(name=f"Reporter {n}", slug=f"reporter-{n}") for n in range(2)]
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}") for n in range(2)]
    shelf = month_page(today())
    with transaction.atomic():
        for n in range(number):
            story = Story(title=f"Planned story {n}", slug=f"planned-{n}", section=section, live=False, owner=editor)
            story.body = [("paragraph", PARAGRAPH)] * 12
            story.bylines = [Byline(contributor=person) for person in people]
            story.story_topics = [StoryTopic(topic=topic) for topic in topics]
            shelf.add_child(instance=story).save_revision(user=editor)
        DBTaskResult.objects.all().delete()  # the indexing of all these stories is not what is measured


def plan(first_seconds: float, spread_seconds: float) -> None:
    """Plan all stories as if they had never been published: due from some seconds from now, evenly spread."""
    stories = list(Story.objects.order_by("pk").select_related("latest_revision"))
    start = clock.now().replace(microsecond=0) + dt.timedelta(seconds=first_seconds)
    remove_guards()
    with transaction.atomic():
        for attached in (Byline, StoryTopic):
            attached.objects.update(published_at=None)
        for model in (PublishedVersion, PageLogEntry, Change, FailedPublication, DBTaskResult):
            model.objects.all().delete()
        for number, story in enumerate(stories):
            _plan(story, start + dt.timedelta(seconds=spread_seconds * number / len(stories)))
    install_guards()
    print(json.dumps({"last": (start + dt.timedelta(seconds=spread_seconds)).timestamp()}))


def _plan(story: Story, due_at: dt.datetime) -> None:
    story.go_live_at = due_at
    story.live, story.live_revision, story.has_unpublished_changes = False, None, True
    story.first_published_at = story.last_published_at = None
    BasePage.objects.filter(pk=story.pk).update(
        go_live_at=due_at,
        live=False,
        live_revision=None,
        has_unpublished_changes=True,
        first_published_at=None,
        last_published_at=None,
        url_path=story.set_url_path(story.get_parent()),
    )
    version = story.latest_revision
    version.content, version.approved_go_live_at = story.serializable_data(), due_at
    version.save()
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                page_id=story.pk,
                content_type=story.cached_content_type,
                label=story.title,
                action="wagtail.publish.schedule",
                timestamp=clock.now(),
                user_id=version.user_id,
                revision=version,
            )
        ]
    )


def report() -> dict[str, Any]:
    """Return how late each publication was, in seconds, and what should not be."""
    planned = dict(Story.objects.values_list("pk", "go_live_at"))
    versions = list(PublishedVersion.objects.values_list("object_id", "at"))
    return {
        "late": sorted((at - planned[pk]).total_seconds() for pk, at in versions),
        "twice": len(versions) - len({pk for pk, _ in versions}),
        "waiting": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
        "failed": FailedPublication.objects.count(),
    }


def main(act: str, *arguments: str) -> None:
    """Do what the command line says."""
    if act == "make":
        make(int(arguments[0]))
    elif act == "plan":
        plan(float(arguments[0]), float(arguments[1]))
    else:
        print(json.dumps(report()))
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
