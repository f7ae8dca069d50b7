import datetime as dt
import json
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.verify_record import RecordReport, verify_record
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.models import BylineRole, PublishedVersion, Story, UnrecordedChange
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def verify() -> dict[str, object]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("record", "verify", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_record_says_what_readers_see() -> None:
    story = make_story(live=False, by=[ContributorFactory()])
    publish_story(story=story, user=UserFactory.create())

    assert verify() == {"compared": 1, "unrecorded": [], "otherwise": [], "vanished": [], "gaps": []}


def test_what_was_changed_and_not_recorded_is_found() -> None:
    story, other = make_story(headline="One", live=False), make_story(headline="Two", live=False)
    for one in (story, other):
        publish_story(story=one, user=UserFactory.create())
    hidden = make_story(headline="Three")

    Story.objects.filter(pk=story.pk).update(title="Changed")
    Story.objects.filter(pk=other.pk).update(live=False)

    found = verify()
    assert (found["otherwise"], found["vanished"], found["unrecorded"]) == ([story.pk], [other.pk], [hidden.pk])


def test_an_imported_story_is_on_the_record_from_the_start() -> None:
    record = StoryRecord(
        headline="Out of the archive",
        slug="out-of-the-archive",
        published_at=dt.datetime(2016, 10, 19, 8, 30, tzinfo=dt.UTC),
        body=[{"type": "paragraph", "value": "<p>Old words.</p>", "id": "00000000-0000-4000-8000-000000000001"}],
        section_id=SectionFactory.create().pk,
        bylines=[(ContributorFactory().pk, BylineRole.BY)],
        topics=[TopicFactory.create().pk],
    )

    (pk,) = load_batch([record])

    assert verify()["otherwise"] == verify()["unrecorded"] == []
    assert PublishedVersion.objects.get(object_id=pk).source == "import"
    assert not UnrecordedChange.objects.exists()


def test_the_command_fails_when_the_record_is_not_true() -> None:
    make_story()

    with pytest.raises(SystemExit) as end:
        call_command("record", "verify", stdout=StringIO(), stderr=StringIO())

    assert end.value.code == 1


def test_comparing_many_pages_takes_a_constant_number_of_queries() -> None:
    for number in range(3):
        publish_story(story=make_story(headline=f"Story {number}", live=False), user=UserFactory.create())

    with CaptureQueriesContext(connection) as captured:
        assert list(verify_record(RecordReport())) == [3]

    assert len(captured) <= 8
