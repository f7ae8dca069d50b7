"""The news sitemap: what was first published in the last two days, as Google News asks for it.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: at most 1,000 stories of at most two
days, each with the publication's name and language, its date and its headline. What is sponsored is no news, and what
was first published elsewhere is that paper's.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from broadsheet.kit import clock, rendering
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute, moment_text
from broadsheet.pages.cache_keys import page_key
from broadsheet.pages.models import WorkType
from broadsheet.stories.cache_keys import LATEST
from broadsheet.stories.selectors import published

NEWS_FOR = dt.timedelta(hours=48)
MOST_STORIES = 1_000


@dataclass(frozen=True)
class NewsLocation:
    """A story in the news sitemap."""

    url: str
    title: str
    language: str
    published_at: str


def news() -> list[NewsLocation]:
    """Return the paper's news of two days, newest first; the page holds until the oldest of them is older than that."""
    now = clock.now_until_renewed()
    rendering.read_under([LATEST])
    stories = published().select_related(None).filter(first_published_at__gt=now - NEWS_FOR)
    told = stories.exclude(work_type=WorkType.SPONSORED).annotate(elsewhere=F("story__canonical_url"))
    found = list(told[:MOST_STORIES])
    rendering.read_under(page_key(story.pk) for story in found)
    if found:
        rendering.renew_at(found[-1].first_published_at + NEWS_FOR)
    return [
        NewsLocation(
            url=absolute(story.url or ""),
            title=printable(story.title),
            language=story.language,
            published_at=moment_text(story.first_published_at),
        )
        for story in found
        if not story.elsewhere
    ]
