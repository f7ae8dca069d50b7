"""The heads of pages about the record: a story's changes, one of its versions, the paper's corrections.

A story's changes and versions are not for search engines: they hold words that the paper has taken back, which would
be found without what put them right. The page of corrections is for everybody.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from broadsheet.masthead.head_metadata import HeadMetadata, PageHead, absolute, head_metadata
from broadsheet.masthead.models import Masthead
from broadsheet.masthead.structured_data import breadcrumbs, publisher
from broadsheet.stories.record_selectors import ListedNote
from broadsheet.stories.story_metadata import correction_comment

if TYPE_CHECKING:
    from broadsheet.stories.models.story import Story

NOT_FOR_SEARCH = "noindex, follow"


def changes_metadata(story: "Story", masthead: Masthead, *, path: str) -> HeadMetadata:
    """Return the head of a story's changes, or of one version at `path` below them."""
    title = _("Changes to “%(headline)s”") % {"headline": story.title}
    page = PageHead(
        title=title,
        description=_("Every published version of this story, and what changed in each."),
        path=path,
        language=story.language,
        robots=NOT_FOR_SEARCH,
        feeds=[(title, f"{story.url}changes.atom")],
    )
    return head_metadata(masthead, page)


def corrections_metadata(masthead: Masthead, notes: Sequence[ListedNote], *, cursor: str = "") -> HeadMetadata:
    """Return the head of the page of corrections."""
    path = reverse("corrections")
    address = f"{path}?before={cursor}" if cursor else path
    title = _("Corrections")
    collection = {
        "@type": "CollectionPage",
        "url": absolute(address),
        "name": title,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": publisher(masthead),
        "hasPart": [correction_comment(listed.note) for listed in notes],
        "isAccessibleForFree": True,
    }
    page = PageHead(
        title=title,
        description=_("What we got wrong, and what is right: every correction of the paper, newest first."),
        path=address,
        language=settings.LANGUAGE_CODE,
        feeds=[(title, reverse("corrections_feed"))],
        structured_data=[collection, breadcrumbs([(masthead.name, "/"), (title, path)])],
    )
    return head_metadata(masthead, page)
