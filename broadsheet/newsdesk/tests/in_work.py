"""Stories on their way through the newsroom, for tests."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Workflow

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.newsdesk.workflow.selectors import way_of
from broadsheet.newsdesk.workflow.send_story import send_story
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story


def person(role: str, **fields: Any) -> User:
    """Make somebody of this role."""
    user: User = UserFactory.create(**fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def draft(headline: str = "Ferry returns to Eastmere", **fields: Any) -> Story:
    """Make a draft that was saved in the newsroom."""
    story = make_story(headline=headline, live=False, draft_title=headline, **fields)
    story.save_revision(user=fields.get("owner"))
    story.refresh_from_db()
    return story


def at_the_desk(headline: str = "Ferry returns to Eastmere", **fields: Any) -> Story:
    """Make a draft that was sent to the desk."""
    story = draft(headline, **fields)
    Workflow.objects.get(active=True).start(story, fields.get("owner"))
    return story


def send(story: Story, action: str, by: User, note: str = "") -> None:
    """Send a story on or back, from where it waits."""
    waits = way_of(story, by).task_state
    assert waits is not None
    send_story(task_state_id=waits.pk, action=action, by=by, note=note)


def stage_of(story: Story, reader: User) -> str:
    """Return the name of the stage at which a story waits, or of the state of its way."""
    way = way_of(story, reader)
    if way.state is None:
        return "published" if Story.objects.get(pk=story.pk).live else "draft"
    return "sent back" if way.is_sent_back else str(way.task.stage)
