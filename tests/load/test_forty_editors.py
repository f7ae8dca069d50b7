"""The newsroom's busiest second. `make bench ARGS=newsroom_rush` prints how long the editors wait."""

import pytest

from bench.newsroom_rush import rush
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.pages.models import BasePage
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.shelves import month_page, today


@pytest.mark.django_db(transaction=True)
def test_forty_editors_publish_at_once_under_one_month() -> None:
    month = month_page(today())
    section, contributor = SectionFactory.create(), ContributorFactory.create()

    outcome = rush(40, month_id=month.pk, section_id=section.pk, contributor_id=contributor.pk)

    assert outcome.mishaps == []
    stories = Story.objects.filter(live=True, title__endswith="updated")
    assert stories.count() == len({story.path for story in stories}) == len({story.url_path for story in stories}) == 40
    assert BasePage.objects.get(pk=month.pk).numchild == 40
    assert PublishedVersion.objects.filter(kind="story").count() == 80
    assert sum(any(key.startswith("a:") for key in change.keys) for change in Change.objects.all()) == 80
