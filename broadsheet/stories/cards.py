"""Story cards: what a front or a list shows of a story, read for all of them at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

    @property
    def is_labelled(self) -> bool:
        """Whether readers must be told what kind of work this is: everything but plain news."""
        return self.work_type != WorkType.NEWS


def cards_of(pages: Iterable[BasePage], *, bylines: Iterable[Byline] | None = None) -> list[StoryCard]:
    """Return the cards of story pages, in their order.

    The pages must have come with `section` and `lead_photo` selected. `bylines` are those of all the stories, where
    the caller has them (`bylines_of`); otherwise one query reads them.
    """
    stories = list(pages)
    names: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for byline in bylines_of([story.pk for story in stories]) if bylines is None else bylines:
        if byline.role == BylineRole.BY:
            names[byline.story_id] += (byline.contributor.name,)
    return [_card(story, names[story.pk]) for story in stories]


def bylines_of(story_ids: Sequence[int]) -> list[Byline]:
    """Return the bylines of several stories, each story's in the editor's order, with contributors and portraits."""
    if not story_ids:
        return []
    rows = Byline.objects.filter(story_id__in=story_ids).select_related("contributor", "contributor__portrait")
    return list(rows.order_by("story_id", "sort_order", "pk"))


def _card(story: BasePage, bylines: tuple[str, ...]) -> StoryCard:
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
        bylines=bylines,
        is_sensitive=story.is_sensitive,
        language=story.language,
        text_direction=story.text_direction,
    )
