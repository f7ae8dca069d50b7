"""What the board of a front is told, and how what it sends back is read.

Times on the board are those of the editor's own clock (`2026-11-24T18:00`, in the time zone of their account).
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from broadsheet.fronts.selectors import ArrangedFront, ArrangedZone, arranged_front
from broadsheet.fronts.zones import InvalidZonesError, Pin, Zone, zones_from_data, zones_to_data
from broadsheet.kit import clock
from broadsheet.kit.wall_time import told
from broadsheet.pages.models import BasePage
from broadsheet.publishing.forms import EmbargoField
from broadsheet.sections.models import Section
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.selectors import story_type


class UnreadableRequestError(ValueError):
    """What the board sent is not what a board sends; says so in a sentence."""


def read_board(request: HttpRequest) -> dict[str, Any]:
    """Return what a board sent as JSON; raises UnreadableRequestError."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise UnreadableRequestError(_("The board could not be read.")) from error
    if not isinstance(sent, dict):
        raise UnreadableRequestError(_("The board could not be read."))
    return sent


def zones_from_board(data: Any) -> tuple[Zone, ...]:
    """Read the zones that a board sent; raises InvalidZonesError."""
    for zone in data if isinstance(data, list) else ():
        slots = zone.get("slots") if isinstance(zone, dict) else None
        for pin in slots if isinstance(slots, list) else ():
            if isinstance(pin, dict) and pin.get("until"):
                pin["until"] = moment_from_board(pin["until"]).isoformat()
    return zones_from_data(data)


def moment_from_board(text: Any) -> dt.datetime:
    """Read a time of the editor's clock, the later one where it comes twice; raises InvalidZonesError."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise InvalidZonesError(_("Write the time as day, month, year, hour and minute."))
    try:
        meant: dt.datetime = EmbargoField().clean(moment)
    except ValidationError as error:
        raise InvalidZonesError(error.messages[0]) from error
    return meant


def zones_for_board(zones: Sequence[Zone]) -> list[dict[str, Any]]:
    """Return zones as the board edits them: as they are kept, with ends of pins by the editor's clock."""
    data = zones_to_data(zones)
    for zone in data:
        for pin in zone["slots"]:
            if pin and pin["until"]:
                pin["until"] = board_moment(dt.datetime.fromisoformat(pin["until"]))
    return data


def board_moment(moment: dt.datetime) -> str:
    """Return a moment as the board's fields hold it."""
    return timezone.localtime(moment).replace(tzinfo=None).isoformat(timespec="minutes")


def arrangement_for_board(zones: Sequence[Zone], *, section: Section | None) -> dict[str, Any]:
    """Return which story stands in which slot now, and why a story that was put somewhere does not stand there."""
    now = clock.now()
    front = arranged_front(zones, section=section, at=now)
    shown = {card.pk: story_for_board(card) for zone in front.zones for card in zone.cards}
    pinned = {pin.story_id for zone in zones for pin in zone.slots if pin}
    return {
        "zones": [
            {
                "key": zone.key,
                "heading": str(arranged.title),
                "slots": _slots_for_board(zone, arranged, front=front, now=now),
            }
            for zone, arranged in zip(zones, front.zones, strict=True)
        ],
        "stories": shown | _hidden_stories(pinned - front.story_ids),
    }


def _slots_for_board(
    zone: Zone, arranged: ArrangedZone, *, front: ArrangedFront, now: dt.datetime
) -> list[dict[str, Any]]:
    placed = {one.slot: one for one in arranged.placed}
    return [
        {
            "story": placed[slot].story_id if slot in placed else None,
            "trouble": _trouble(pin, front=front, now=now)
            if pin and not (slot in placed and placed[slot].by_hand)
            else "",
        }
        for slot, pin in enumerate(zone.slots)
    ]


def _trouble(pin: Pin, *, front: ArrangedFront, now: dt.datetime) -> str:
    """Return why a pinned story does not stand in its slot."""
    if not pin.holds_at(now):
        return _("Its time here has ended.")
    if pin.story_id in front.story_ids:
        return _("It stands further up already.")
    return _("Readers cannot see it: it is not published.")


def story_for_board(card: StoryCard) -> dict[str, Any]:
    """Return what the board shows of a published story."""
    picture = card.photo.picture("thumb") if card.photo else None
    return {
        "id": card.pk,
        "headline": card.headline,
        "section": card.section.name if card.section else "",
        "work": card.work_type_label if card.is_labelled else "",
        "when": short_moment(card.published_at),
        "photo": picture.src if picture else "",
        "edit": reverse("wagtailadmin_pages:edit", args=[card.pk]),
        "public": True,
    }


def _hidden_stories(story_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what the board shows of stories that readers do not see on the front: unpublished, ended or deleted."""
    stories = {
        story.pk: unpublished_for_board(story)
        for story in BasePage.objects.filter(pk__in=list(story_ids), content_type=story_type())
    }
    deleted = {
        "headline": _("A story that was deleted"),
        "section": "",
        "work": "",
        "when": "",
        "photo": "",
        "edit": "",
    }
    return {pk: stories.get(pk) or {"id": pk, "public": False, **deleted} for pk in story_ids}


def unpublished_for_board(story: BasePage) -> dict[str, Any]:
    """Return what the board shows of a story whatever its state."""
    if story.live:
        when = short_moment(story.first_published_at)
    elif story.go_live_at and story.go_live_at > clock.now():
        when = _("Planned for %(moment)s") % {"moment": short_moment(story.go_live_at)}
    else:
        when = _("Not published")
    return {
        "id": story.pk,
        "headline": story.short_headline or story.draft_title or story.title,
        "section": "",
        "work": "",
        "when": when,
        "photo": "",
        "edit": reverse("wagtailadmin_pages:edit", args=[story.pk]),
        "public": story.live,
    }


def short_moment(moment: dt.datetime) -> str:
    """Return a time for a narrow place: the hour today, else day and hour."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return told(moment, form="H:i") if is_today else told(moment)
