"""What the templates of fronts are given.

The contract of `fronts/front.html` and `fronts/section.html`:

* `front`: an `ArrangedFront`: `section`, `zones`, `next_change_at`;
* `zones`: its zones, each an `ArrangedZone` with `kind`, `template` (`fronts/zones/<kind>.html`, included with `zone`
  and `number`), `title`, `url` (may be empty) and `cards`: a list of `StoryCard`; a zone without cards shows nothing;
* `section`: on a section's front;
* `listing`: on a section's front, what follows its zones: `rows` (cards) and `older` (a cursor, or nothing);
* `is_empty`: there is no story to show at all.
"""

from collections.abc import Sequence
from typing import Any

from broadsheet.fronts import selectors
from broadsheet.fronts.zones import Zone
from broadsheet.kit import clock, rendering
from broadsheet.kit.paging import Cursor, Slice
from broadsheet.sections.models import Section
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.selectors import latest_in_section


def front_context(*, section: Section | None, zones: Sequence[Zone]) -> dict[str, Any]:
    """Return the context of the front page (no section) or a section's front as its zones stand now."""
    front = selectors.arranged_front(zones, section=section, at=clock.now_until_renewed())
    rendering.renew_at(front.next_change_at)
    listing = _further_stories(section, shown=front.story_ids) if section else None
    return {
        "front": front,
        "zones": front.zones,
        "section": section,
        "listing": listing,
        "is_empty": not front.story_ids and listing is None,
    }


def older_stories_context(*, section: Section, before: Cursor) -> dict[str, Any]:
    """Return the context of a later page of a section's front: a list, and no zones."""
    return {"section": section, "zones": [], "listing": latest_in_section(section, before=before), "is_empty": False}


def _further_stories(section: Section, *, shown: frozenset[int]) -> Slice[StoryCard] | None:
    """Return the section's newest stories but those in its zones; nothing when there are no others."""
    newest = latest_in_section(section)
    rest = [card for card in newest.rows if card.pk not in shown]
    return Slice(rest, newest.older) if rest or newest.older else None
