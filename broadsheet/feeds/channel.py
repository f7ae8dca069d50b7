"""A feed as such: of what it tells, in whose name, and which stories stand in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.bylines.models import Contributor
from broadsheet.feeds.entries import Entry, entries_of
from broadsheet.kit import rendering
from broadsheet.kit.html import text_of
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.hub_address import hub_url
from broadsheet.masthead.models import Masthead
from broadsheet.sections.models import Section
from broadsheet.stories.selectors import newest_ids
from broadsheet.topics.cache_keys import topic_words_key
from broadsheet.topics.models import Topic

LENGTH = 20
"""Stories in a feed: so many that nobody who looks once a day misses one, and no more than a phone takes in at once."""
BEFORE_ANYTHING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When an empty feed was updated: an address must give the same bytes until something changes."""
Place = Section | Topic | Contributor


@dataclass(frozen=True)
class Channel:
    """A feed, whatever its format. `url` is the page that shows the same to people."""

    title: str
    description: str
    url: str
    feed_url: str
    language: str
    publisher: str
    hub_url: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> dt.datetime:
        """When anything in it last changed for readers."""
        return max((entry.updated_at for entry in self.entries), default=BEFORE_ANYTHING)


def channel_of(place: Place | None, *, paper: Masthead, feed_path: str) -> Channel:
    """Return the feed of a section, topic or contributor, or the whole paper's."""
    title = f"{place.name} — {paper.name}" if place else paper.name
    return Channel(
        title=printable(title),
        description=printable(_description(place, paper)),
        url=absolute(place.get_absolute_url() if place else "/"),
        feed_url=absolute(feed_path),
        language=settings.LANGUAGE_CODE,
        publisher=printable(paper.name),
        hub_url=hub_url(),
        entries=entries_of(newest_ids(of=place, limit=LENGTH)),
    )


def _description(place: Place | None, paper: Masthead) -> str:
    if place is None:
        return paper.description or paper.tagline or paper.name
    if isinstance(place, Section):
        return place.description or _("All stories in %(section)s.") % {"section": place.name}
    if isinstance(place, Topic):
        rendering.read_under([topic_words_key(place.pk)])
        return text_of(place.description) or _("All stories about %(topic)s.") % {"topic": place.name}
    return text_of(place.biography) or _("All stories by %(name)s.") % {"name": place.name}
