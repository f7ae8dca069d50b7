"""Stories that a process of an older version has published are found month by month, too."""

import pytest

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.publishing.date_undated_topics import date_undated_topics
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.attachments import StoryTopic, month_of
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def test_what_stands_in_no_month_is_put_into_its_own() -> None:
    topic, other = TopicFactory.create(), TopicFactory.create()
    story = make_story(live=False, topics=[topic, topic, other])
    story.save_revision()
    publish_story(story=story, user=UserFactory.create())
    make_story(headline="A draft", live=False, topics=[topic])
    assert date_undated_topics() == 0
    StoryTopic.objects.update(month=None)

    assert (date_undated_topics(), date_undated_topics()) == (1, 0)

    published = Story.objects.get(pk=story.pk)
    months = list(StoryTopic.objects.exclude(month=None).values_list("topic", "month"))
    month = month_of(published.first_published_at)
    assert sorted(months) == [(topic.pk, month), (other.pk, month)]
    assert {f"l:topic:{topic.pk}", f"l:topic:{other.pk}"} <= set(Change.objects.latest("seq").keys)
