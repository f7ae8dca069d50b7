"""Reads of the embargo board. Bounded by what is planned, and as many queries for one plan as for fifty."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.newsdesk.embargoes.conflicts import Neighbourhood, Planned, conflicts_of, hints_about
from broadsheet.newsdesk.embargoes.rights import Rights
from broadsheet.newsdesk.story_states import states_in_workflow
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.selectors import WaitingPublication, failed_expiries, waiting_publications
from broadsheet.stories.models import RecordedKind
from broadsheet.stories.taken_down import stand_in_title, taken_down_among

LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
CONTENT = ("lead_photo", "slug", "section", "zone_data")


@dataclass(frozen=True)
class EmbargoRow:
    """One plan on the board. Addresses are empty for those who may not go there."""

    waiting: WaitingPublication
    title: str
    section: str
    conflicts: Sequence[str]
    hints: Sequence[str]
    open_url: str
    change_url: str
    may_act: bool
    """Whether this user publishes, moves and cancels it here."""


@dataclass(frozen=True)
class EmbargoDay:
    """What goes live on one day of the site's calendar."""

    day: dt.date
    rows: Sequence[EmbargoRow]


@dataclass(frozen=True)
class FailedExpiry:
    """Something that should have gone off the site and could not."""

    failure: FailedPublication
    title: str


def embargo_days(user: User) -> list[EmbargoDay]:
    """Return everything that waits for its moment, by day, soonest first."""
    planned = _planned(waiting_publications())
    among = _neighbourhood(planned)
    fronts = Front.objects.select_related("section").in_bulk(
        [one.waiting.object_id for one in planned if one.waiting.kind == RecordedKind.FRONT]
    )
    rights = Rights(user)
    rows = [_row(one, among, rights, fronts.get(one.waiting.object_id)) for one in planned]
    return [EmbargoDay(day, list(of_day)) for day, of_day in groupby(rows, key=_day)]


def expiries_that_failed() -> list[FailedExpiry]:
    """Return what is still on the site though it should be gone."""
    failures = failed_expiries()
    titles = dict(BasePage.objects.filter(pk__in=[one.object_id for one in failures]).values_list("pk", "title"))
    return [FailedExpiry(one, titles.get(one.object_id, str(one))) for one in failures]


def _planned(waiting: Sequence[WaitingPublication]) -> list[Planned]:
    """Return the plans with their pages, photos and what their versions hold."""
    content = _content_of([one.revision_id for one in waiting])
    ids = [one.object_id for one in waiting if one.kind != RecordedKind.FRONT]
    pages = _pages().in_bulk(ids)
    photos = Photo.objects.in_bulk({one["lead_photo"] for one in content.values() if one["lead_photo"]})
    gone, stages = taken_down_among(ids), states_in_workflow(ids)
    return [
        Planned(
            waiting=one,
            page=None if one.kind == RecordedKind.FRONT else pages.get(one.object_id),
            slug=held["slug"] or "",
            section_id=held["section"],
            lead_photo=photos.get(held["lead_photo"]),
            stage=str(stages[one.object_id].label) if one.object_id in stages and one.object_id in ids else "",
            is_taken_down=one.object_id in gone and one.kind == RecordedKind.STORY,
            pinned=_pinned(held["zone_data"]),
        )
        for one in waiting
        for held in [content[one.revision_id]]
    ]


def _pages() -> QuerySet[BasePage]:
    pages: QuerySet[BasePage] = BasePage.objects.select_related("section", "locked_by")
    return pages


def _content_of(revision_ids: Iterable[int]) -> Mapping[int, dict[str, Any]]:
    """Return the few fields of each version that the board judges, without its text."""
    rows = Revision.objects.filter(pk__in=list(revision_ids)).values("pk", *(f"content__{name}" for name in CONTENT))
    return {row["pk"]: {name: row[f"content__{name}"] for name in CONTENT} for row in rows}


def _pinned(zones: Any) -> list[int]:
    """Return the stories that a front's version holds by hand, each once."""
    kept = json.loads(zones) if isinstance(zones, str) else zones or []
    pins = [pin["story"] for zone in kept for pin in zone.get("slots", ()) if pin]
    return list(dict.fromkeys(pins))


def _neighbourhood(planned: Sequence[Planned]) -> Neighbourhood:
    """Return what plans may get into the way of: each other, and the stories that fronts will show."""
    pinned = {story_id for one in planned for story_id in one.pinned}
    then = {one.waiting.object_id: one.waiting.go_live_at for one in planned if one.page is not None}
    titles: dict[int, str] = {}
    for pk, title, live in BasePage.objects.filter(pk__in=pinned).values_list("pk", "draft_title", "live"):
        titles[pk] = title
        if live:
            then[pk] = LONG_AGO
    return Neighbourhood(planned, then, titles)


def _row(planned: Planned, among: Neighbourhood, rights: Rights, front: Front | None) -> EmbargoRow:
    waiting, page = planned.waiting, planned.page
    open_url = change_url = ""
    may_act = False
    if waiting.kind == RecordedKind.FRONT:
        may_act = front is not None and rights.arranges(front)
        open_url = _board_of(front) if front and may_act else ""
    elif page is not None:
        verbs = rights.over(page, waiting.kind)
        may_open, may_act = "change" in verbs, "publish" in verbs
        open_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_open else ""
        if may_open and waiting.is_update and waiting.kind == RecordedKind.STORY:
            change_url = reverse("newsdesk_what_will_change", args=[page.pk])
    return EmbargoRow(
        waiting=waiting,
        title=stand_in_title(waiting.object_id) if planned.is_taken_down else waiting.title,
        section=page.section.name if page and page.section else "",
        conflicts=conflicts_of(planned, among),
        hints=hints_about(planned, among),
        open_url=open_url,
        change_url="" if planned.is_taken_down else change_url,
        may_act=may_act,
    )


def _board_of(front: Front) -> str:
    return reverse("fronts_board:board", args=[front.section_id] if front.section_id else [])


def _day(row: EmbargoRow) -> dt.date:
    return timezone.localtime(row.waiting.go_live_at, timezone.get_default_timezone()).date()
