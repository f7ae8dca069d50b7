"""What keeps a story from readers for a reason that a room above knows: an agency's embargo, say.

Asked whenever a story goes live or is scheduled, by whatever way: it cannot be passed by. What readers see already is
not kept from them by keeping a correction of it back. A room registers what it knows when it is installed; publishing
knows none of them.
"""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError

from broadsheet.kit import clock
from broadsheet.stories.models import Act, PublishedVersion, RecordedKind

Hindrance = Callable[[int, dt.datetime], str]
"""Given a story's id and the moment at which it is to go live, says why it may not; nothing where it may."""
_hindrances: list[Hindrance] = []


class HinderedError(ValidationError):
    """The story may not go live at that moment; the message says why, and until when."""


def register_hindrance(hindrance: Hindrance) -> None:
    """Have stories held back for a reason that a room above knows, once."""
    if hindrance not in _hindrances:
        _hindrances.append(hindrance)


def refuse_hindered(story_id: int, *, at: dt.datetime | None = None) -> None:
    """Raise HinderedError for a story that may not go live at a moment, now where none is given."""
    moment = at or clock.now()
    reasons = [reason for hindrance in _hindrances if (reason := hindrance(story_id, moment))]
    if reasons and not _is_public(story_id):
        raise HinderedError(reasons)


def _is_public(story_id: int) -> bool:
    """Tell whether the record says that readers see a story."""
    acts = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story_id).order_by("-number")
    return acts.values_list("act", flat=True).first() == Act.PUBLISHED
