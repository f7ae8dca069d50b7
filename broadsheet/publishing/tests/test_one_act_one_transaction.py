"""What an editor does happens wholly or not at all.

Two tests watch stock Wagtail do the opposite, to say why; when they fail, Wagtail has changed and a guard may go.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision
from wagtail.signals import page_published

from broadsheet.accounts.models import User
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db(transaction=True)


class PressFailureError(Exception):
    pass


def raising_receiver(**details: Any) -> None:
    raise PressFailureError


@pytest.fixture
def broken_press() -> Iterator[None]:
    page_published.connect(raising_receiver)
    yield
    page_published.disconnect(raising_receiver)


@pytest.fixture
def story() -> Story:
    draft = make_story(live=False, section=SectionFactory.create(), by=[ContributorFactory()])
    draft.save_revision()
    return draft


@pytest.fixture
def unpublishable(story: Story, editor: User) -> Revision:
    """A version without a headline, of a story whose earlier version is scheduled for tomorrow."""
    schedule_story(story=story, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))
    draft = story.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "", None
    return draft.save_revision(clean=False)


def is_scheduled(story: Story) -> bool:
    return Revision.objects.for_instance(story).filter(approved_go_live_at__isnull=False).exists()


def test_a_publication_that_fails_leaves_the_schedule(story: Story, editor: User, unpublishable: Revision) -> None:
    with pytest.raises(ValidationError):
        publish_revision(revision=unpublishable, user=editor)

    assert is_scheduled(story)
    assert not Story.objects.get(pk=story.pk).live


def test_stock_wagtail_loses_the_schedule(story: Story, unpublishable: Revision) -> None:
    with pytest.raises(ValidationError):
        unpublishable.publish()

    assert not is_scheduled(story)


def test_a_receiver_that_fails_leaves_nothing_half_live(story: Story, editor: User, broken_press: None) -> None:
    with pytest.raises(PressFailureError):
        publish_story(story=story, user=editor)

    assert not Story.objects.get(pk=story.pk).live
    assert not PublishedVersion.objects.exists()
    assert not Change.objects.filter(keys__icontains="a:").exists()


def test_stock_wagtail_goes_live_and_tells_nobody(story: Story, broken_press: None) -> None:
    with pytest.raises(PressFailureError):
        story.get_latest_revision().publish()

    assert Story.objects.get(pk=story.pk).live
