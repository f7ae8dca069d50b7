"""What stands in the way of a planned publication, or will look wrong after it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.publishing.selectors import WaitingPublication
from broadsheet.stories.models import RecordedKind


@dataclass(frozen=True)
class Planned:
    """A waiting publication with what must be known to judge it. `page` is None for a front."""

    waiting: WaitingPublication
    page: BasePage | None
    slug: str = ""
    section_id: int | None = None
    lead_photo: Photo | None = None
    stage: str = ""
    is_taken_down: bool = False
    pinned: Sequence[int] = ()


@dataclass
class Neighbourhood:
    """Everything that is planned, as far as one plan may get into the way of another."""

    planned: Sequence[Planned]
    public_then: Mapping[int, dt.datetime]
    """Stories that readers see, or will: since when."""
    titles_of_pinned: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stories = [one for one in self.planned if one.page is not None]
        self.headlines = Counter(_plain(one.waiting.title) for one in stories)
        self.slugs = Counter(one.slug for one in stories if one.slug)
        self.minutes = Counter(_minute(one) for one in stories if one.section_id)


def conflicts_of(planned: Planned, among: Neighbourhood) -> list[str]:
    """Return what stands in the way of a plan, each as a sentence."""
    if planned.waiting.kind == RecordedKind.FRONT:
        return list(_unready_pins(planned, among))
    return [*_of_the_page(planned), *_of_the_photo(planned), *_twice(planned, among)]


def hints_about(planned: Planned, among: Neighbourhood) -> list[str]:
    """Return what is worth a look and no conflict."""
    if planned.section_id and among.minutes[_minute(planned)] > 1:
        return [_("Several stories of this section go live within the same minute.")]
    return []


def _of_the_page(planned: Planned) -> Iterable[str]:
    page = planned.page
    if page is None:
        yield _("It has been deleted.")
        return
    if planned.is_taken_down:
        yield _("The story is taken down: it cannot be published.")
    if page.locked:
        names = {"person": str(page.locked_by or _("somebody"))}
        yield _("%(person)s has locked it and may be at work on it.") % names
    if planned.stage:
        yield _("It is still on its way through the desks (%(stage)s).") % {"stage": planned.stage}
    if page.latest_revision_id != planned.waiting.revision_id:
        yield _("A later draft exists. It does not go live; what was scheduled does.")


def _of_the_photo(planned: Planned) -> Iterable[str]:
    photo = planned.lead_photo
    day = timezone.localtime(planned.waiting.go_live_at, timezone.get_default_timezone()).date()
    if photo and photo.rights_expire_on and photo.rights_expire_on < day:
        until = date_format(photo.rights_expire_on, "DATE_FORMAT")
        yield _("The right to publish its lead photo ends before, on %(day)s.") % {"day": until}


def _twice(planned: Planned, among: Neighbourhood) -> Iterable[str]:
    if among.headlines[_plain(planned.waiting.title)] > 1:
        yield _("Another story that waits has the same headline.")
    if planned.slug and among.slugs[planned.slug] > 1:
        yield _("Another story that waits has the same slug.")


def _unready_pins(planned: Planned, among: Neighbourhood) -> Iterable[str]:
    for story_id in planned.pinned:
        since = among.public_then.get(story_id)
        if since is None or since > planned.waiting.go_live_at:
            headline = among.titles_of_pinned.get(story_id, _("A deleted story"))
            yield _("“%(headline)s” is pinned to it, and readers will not see that story then.") % {
                "headline": headline
            }


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _minute(planned: Planned) -> tuple[Any, dt.datetime]:
    return planned.section_id, planned.waiting.go_live_at.replace(second=0, microsecond=0)
