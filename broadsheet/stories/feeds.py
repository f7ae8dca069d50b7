"""Atom feeds of the record: the changes of one story, and the corrections of the paper.

Every address in them is written whole, from SITE_URL and not from the request.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.hub_address import hub_url, link_header
from broadsheet.masthead.models import Masthead
from broadsheet.stories import record_selectors
from broadsheet.stories.record_selectors import ListedNote
from broadsheet.stories.shown_versions import ShownVersion, shown_versions

if TYPE_CHECKING:
    from broadsheet.stories.models.story import Story


BEFORE_ANYTHING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class SteadyAtomFeed(Atom1Feed):
    """An Atom feed that is the same whenever it is asked for: Django's says of an empty one that it was updated now."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry was written or changed; long ago when there is none."""
        return super().latest_post_date() if self.items else BEFORE_ANYTHING


class SubscribedAtomFeed(SteadyAtomFeed):
    """An Atom feed to which one may subscribe at the paper's hub."""

    def add_root_elements(self, handler: Any) -> None:
        """Name the hub that tells when the feed changes."""
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "hub", "href": hub_url()})


class CorrectionsFeed(Feed):
    """The newest notes to readers of the whole paper. A note that is withdrawn later comes again as withdrawn."""

    feed_type = SubscribedAtomFeed
    language = settings.LANGUAGE_CODE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed, and name its hub in the header, too."""
        answer = super().__call__(request, *args, **kwargs)
        answer["Link"] = link_header(self.feed_url())
        return answer

    def get_object(self, request: HttpRequest) -> Masthead:
        return Masthead.load(request)

    def title(self, paper: Masthead) -> str:
        return _("Corrections — %(paper)s") % {"paper": paper.name}

    def author_name(self, paper: Masthead) -> str:
        return paper.name

    def link(self) -> str:
        return absolute(reverse("corrections"))

    def feed_url(self) -> str:
        return absolute(reverse("corrections_feed"))

    feed_guid = link

    def items(self) -> list[ListedNote]:
        return list(record_selectors.latest_notes().rows)

    def item_title(self, item: ListedNote) -> str:
        return f"{item.note.label}: {item.headline}" if item.headline else str(item.note.label)

    def item_description(self, item: ListedNote) -> str:
        return render_to_string("stories/feed_note.html", {"note": item.note})

    def item_link(self, item: ListedNote) -> str:
        if not item.url:
            return self.item_guid(item)
        return absolute(f"{item.url}changes/{item.note.number}/" if item.has_changes_page else item.url)

    def item_guid(self, item: ListedNote) -> str:
        return absolute(f"{reverse('corrections')}#note-{item.note.version_id}")

    def item_pubdate(self, item: ListedNote) -> dt.datetime:
        return item.note.at

    def item_updateddate(self, item: ListedNote) -> dt.datetime:
        return item.note.changed_at


class ChangesFeed(Feed):
    """The newest versions of one story, each with what changed."""

    feed_type = SteadyAtomFeed

    def __init__(self, story: "Story", paper: Masthead) -> None:
        self.story = story
        self.author_name = paper.name
        self.language = story.language

    def title(self) -> str:
        return _("Changes to “%(headline)s”") % {"headline": self.story.title}

    def link(self) -> str:
        return absolute(f"{self.story.url}changes/")

    def feed_url(self) -> str:
        return absolute(f"{self.story.url}changes.atom")

    feed_guid = link

    def items(self) -> list[ShownVersion]:
        found = record_selectors.versions_of(self.story.pk)
        return shown_versions(found.rows, found.before)

    def item_title(self, item: ShownVersion) -> str:
        return _("%(heading)s (version %(number)s)") % {"heading": item.heading, "number": item.number}

    def item_description(self, item: ShownVersion) -> str:
        return render_to_string("stories/feed_version.html", {"version": item})

    def item_link(self, item: ShownVersion) -> str:
        return f"{self.link()}{item.number}/"

    def item_pubdate(self, item: ShownVersion) -> dt.datetime:
        return item.at

    def item_updateddate(self, item: ShownVersion) -> dt.datetime:
        return max([item.at, *item.amended_at])
