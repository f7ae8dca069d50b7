"""Story cards: what a front or a list shows of a story, read for all of them at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.bylines.cache_keys import contributor_key
from broadsheet.kit import rendering
from broadsheet.pages.cache_keys import card_key
from broadsheet.pages.models import BasePage, WorkType
from broadsheet.photos.models import Photo
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, BylineRole


@dataclass(frozen=True)
class StoryCard:
    """One story as it stands on a front or in a list. `headline` is the short one where there is one."""

    pk: int
    url: str
    headline: str
    kicker: str
    standfirst: str
    section: Section | None
    work_type: str
    work_type_label: str
    published_at: dt.datetime
    updated_at: dt.datetime | None
    photo: Photo | None
    bylines: tuple[str, ...]
    is_sensitive: bool
    language: str
    text_direction: str
    rendered: dict[Any, str] = field(default_factory=dict, compare=False, repr=False)
    """What templates have made of this card alone (`{% oncefor card %}`)."""

    @property
    def is_labelled(self) -> bool:
        """Whether readers must be told what kind of work this is: everything but plain news."""
        return self.work_type != WorkType.NEWS


@dataclass(frozen=True)
class Author:
    """Someone by whom a story is, as its card names them."""

    contributor_id: int
    name: str


@dataclass(frozen=True)
class Carded:
    """A story's page, which must have come with `section` and `lead_photo` selected, and who wrote it."""

    page: BasePage
    authors: Sequence[Author]


def with_authors(pages: Iterable[BasePage]) -> list[Carded]:
    """Return story pages in their order, with what one more query tells of their authors."""
    stories = list(pages)
    authors: dict[int, list[Author]] = defaultdict(list)
    if stories:
        rows = Byline.objects.filter(story_id__in=[story.pk for story in stories], role=BylineRole.BY)
        columns = ("sort_order", "pk", "story_id", "contributor_id", "contributor__name")
        found = rows.order_by().values_list(*columns)
        for _, _, story_id, pk, name in sorted(found, key=lambda row: (row[0] or 0, row[1])):
            authors[story_id].append(Author(pk, name))
    return [Carded(story, authors[story.pk]) for story in stories]


def cards_of(pages: Iterable[BasePage]) -> list[StoryCard]:
    """Return the cards of story pages, in their order; the pages as `Carded` wants them."""
    return [card_of(one) for one in with_authors(pages)]


def card_of(carded: Carded) -> StoryCard:
    """Return the card of a story, and say under which keys a page shows it."""
    story = carded.page
    shown = [one for one in (story.section, story.lead_photo) if one is not None]
    rendering.read_under([card_key(story.pk), *(key for one in shown for key in one.change_keys())])
    rendering.read_under(contributor_key(author.contributor_id) for author in carded.authors)
    if story.lead_photo is not None:
        story.lead_photo.is_withheld()  # says until when the photo may be shown, whichever template shows the card
    return StoryCard(
        pk=story.pk,
        url=story.url or "",
        headline=story.short_headline or story.title,
        kicker=story.kicker,
        standfirst=story.standfirst,
        section=story.section,
        work_type=story.work_type,
        work_type_label=story.get_work_type_display(),
        published_at=story.first_published_at,
        updated_at=story.updated_at,
        photo=story.lead_photo,
        bylines=tuple(author.name for author in carded.authors),
        is_sensitive=story.is_sensitive,
        language=story.language,
        text_direction=story.text_direction,
    )
