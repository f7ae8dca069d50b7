"""Looks at what has happened since the last look, and tells those concerned. Every look is safe to repeat."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from wagtail.models import PageLogEntry

from broadsheet.accounts.models import User
from broadsheet.changes.follow_changes import follow_changes
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.workflow.models import DeskApproval, StoryAssignment
from broadsheet.newsdesk.workflow.staff import concerned_with, people_at
from broadsheet.newsdesk.workflow.stages import Stage
from broadsheet.pages.models import BasePage
from broadsheet.publishing.models import FailedPublication
from broadsheet.stories.models import Act, PublishedVersion, RecordedKind, Source, Story

FOLLOWER, LOG_READER = "newsroom-notices", "newsroom-log"
OLD_NEWS = dt.timedelta(days=1)
"""What happened longer ago is not told any more: the process did not run, or the paper is new to it."""
DUE_SOON = dt.timedelta(hours=1)
ENTRIES_AGAIN = 200
"""Entries of the newsroom's log that are read again: numbers are given out before commits, and may arrive late."""
ENTRIES_AT_ONCE = 500


def look_at_publications() -> int:
    """Tell writers that their stories came out, and close these' assignments; return how many changes there were."""
    if not FollowerPosition.objects.filter(follower=FOLLOWER).exists():
        newest = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        FollowerPosition.objects.get_or_create(follower=FOLLOWER, defaults={"seq": newest})
    return follow_changes(follower=FOLLOWER, follow=_tell_of_publications)


def _tell_of_publications(changes: Sequence[Change]) -> None:
    keys = {key for change in changes for key in change.keys if key.startswith("a:")}
    stories = Story.objects.filter(pk__in=[int(key[2:]) for key in keys if key[2:].isdigit()])
    for story in stories:
        versions = PublishedVersion.objects.filter(kind="story", object_id=story.pk, act=Act.PUBLISHED)
        version = versions.order_by("-number").defer("content").first()
        if version is None:
            continue
        StoryAssignment.objects.filter(story=story.pk, closed_at=None, set_at__lte=version.at).update(
            closed_at=version.at
        )
        if version.at < clock.now() - OLD_NEWS or version.source == Source.IMPORT:
            continue
        by = User.objects.filter(pk=version.by_id or 0).first() if version.source == Source.NEWSROOM else None
        people = concerned_with(story)
        notify(kind=Kind.PUBLISHED, key=f"published:{version.pk}", users=people, story=story, by=by)


@transaction.atomic
def look_at_log() -> int:
    """Tell people of schedules and of locks that others broke; return how many entries of the log were read."""
    FollowerPosition.objects.get_or_create(follower=LOG_READER)
    position = FollowerPosition.objects.select_for_update().get(follower=LOG_READER)
    entries = list(
        PageLogEntry.objects.filter(
            pk__gt=position.seq - ENTRIES_AGAIN,
            timestamp__gte=clock.now() - OLD_NEWS,
            action__in=["wagtail.publish.schedule", "wagtail.unlock"],
        )
        .select_related("page", "user")
        .order_by("pk")[:ENTRIES_AT_ONCE]
    )
    for entry in entries:
        if entry.page is not None:
            (_tell_of_schedule if entry.action.endswith("schedule") else _tell_of_broken_lock)(entry)
    if entries and entries[-1].pk > position.seq:
        position.seq = entries[-1].pk
        position.save(update_fields=["seq"])
    return len(entries)


def _tell_of_schedule(entry: PageLogEntry) -> None:
    story: BasePage = entry.page
    moment = entry.data.get("revision", {}).get("go_live_at")
    notify(
        kind=Kind.SCHEDULED,
        key=f"scheduled:{entry.pk}",
        users=concerned_with(story),
        story=story,
        by=entry.user,
        detail=_moment(moment),
    )


def _moment(text: str | None) -> str:
    """Return a moment of the log, which is kept in UTC and does not say so, as one that does."""
    if not text:
        return ""
    moment = dt.datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).isoformat()


def _tell_of_broken_lock(entry: PageLogEntry) -> None:
    locks = PageLogEntry.objects.filter(page_id=entry.page_id, action="wagtail.lock", pk__lt=entry.pk)
    lock = locks.select_related("user").order_by("-pk").first()
    if lock is None or lock.user is None or lock.user == entry.user:
        return
    notify(kind=Kind.LOCK_BROKEN, key=f"unlocked:{entry.pk}", users=[lock.user], story=entry.page, by=entry.user)


@transaction.atomic
def look_at_due_times() -> int:
    """Tell people that what they work on is due within the hour, or overdue; return how many were told of."""
    now = clock.now()
    unfinished = StoryAssignment.objects.filter(closed_at=None).select_related("story", "assignee", "set_by")
    late = list(unfinished.filter(due_at__lte=now, due_at__gt=now - OLD_NEWS, told_late_at=None))
    soon = list(unfinished.filter(due_at__gt=now, due_at__lte=now + DUE_SOON, told_soon_at=None))
    for assignment in late:
        people = [person for person in (assignment.assignee, assignment.set_by) if person]
        _tell_when_due(assignment, Kind.OVERDUE, people)
    for assignment in soon:
        _tell_when_due(assignment, Kind.DUE_SOON, [assignment.assignee] if assignment.assignee else [])
    StoryAssignment.objects.filter(pk__in=[assignment.pk for assignment in late]).update(told_late_at=now)
    StoryAssignment.objects.filter(pk__in=[assignment.pk for assignment in soon]).update(told_soon_at=now)
    return len(late) + len(soon)


def _publishers(page: BasePage | None) -> list[User]:
    """Return those who publish what is ready: for a page its section's editors too."""
    task = DeskApproval.objects.filter(stage=Stage.READY, active=True).first()
    return list(people_at(task, page)) if task else []


def _tell_when_due(assignment: StoryAssignment, kind: Kind, people: Sequence[User]) -> None:
    due_at = assignment.due_at
    assert due_at is not None  # noqa: S101 - it was asked for by due time
    key = f"{kind}:{assignment.pk}:{int(due_at.timestamp())}"
    notify(kind=kind, key=key, users=people, story=assignment.story, detail=due_at)


def look_at_failures() -> int:
    """Tell writers and those who publish of what the embargo clock could not do, once for each planned moment."""
    recent = FailedPublication.objects.filter(first_failed_at__gte=clock.now() - OLD_NEWS)
    failures = list(recent.order_by("pk")[:ENTRIES_AT_ONCE])
    pages = BasePage.objects.in_bulk([failure.object_id for failure in failures if failure.kind != RecordedKind.FRONT])
    for failure in failures:
        page = None if failure.kind == RecordedKind.FRONT else pages.get(failure.object_id)
        moment = int(failure.due_at.timestamp())
        notify(
            kind=Kind.PUBLICATION_FAILED,
            key=f"failed:{failure.act}:{failure.kind}:{failure.object_id}:{moment}",
            users=[*_publishers(page), *(concerned_with(page) if page else [])],
            story=page,
            words=failure.error,
            about=str(failure.get_kind_display()),
        )
    return len(failures)
