"""First publications, prepared before their moment: most of the work is then done, and a second holds hundreds.

A story that was scheduled and never published has its planned text in its page row already, at its planned address.
What is left to its moment is to show it and to put it on the record: some narrow statements instead of the forty
milliseconds in which Wagtail reads, checks and writes everything anew. Everything else goes live in the usual way.

Both ways end in the same rows (`tests/test_first_publication.py`). What was prepared holds only while every row that
it was made from is as it was read; they are read again, locked, at the moment.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published, published

from broadsheet.changes.append_change import appending
from broadsheet.kit import clock
from broadsheet.kit.fail_points import reach
from broadsheet.kit.statements import PreparedInsert, Statement, run_together
from broadsheet.pages.models import BasePage
from broadsheet.publishing.cache_keys import keys_of
from broadsheet.publishing.dating_topics import dating_topics
from broadsheet.publishing.embargo.planned import Planned
from broadsheet.publishing.embargo.seen_rows import SeenRows
from broadsheet.publishing.models import PlannedAct
from broadsheet.publishing.noting_photos import noting_photos
from broadsheet.publishing.occasion import Occasion
from broadsheet.publishing.record_act import NOTICED, last_version
from broadsheet.publishing.refiled_stories import taking_refiled
from broadsheet.publishing.selectors import who_scheduled
from broadsheet.stories.models import Byline, PublishedVersion, RecordedKind, Source, Story, StoryTopic
from broadsheet.stories.recorded_content import (
    Content,
    body_data,
    digest_of,
    plain,
    recorded_content,
    recorded_names,
    text_content,
)

LOGGED_PUBLICATION = "wagtail.publish.scheduled"
CLAIM = f"UPDATE {Revision._meta.db_table} SET approved_go_live_at = NULL WHERE id = %s"  # noqa: S608
SHOW = f"""UPDATE {BasePage._meta.db_table} SET live = TRUE, expired = FALSE, has_unpublished_changes = %s,
    first_published_at = %s, last_published_at = %s, live_revision_id = %s WHERE id = %s"""  # noqa: S608
DATES = {
    "bylines": f"UPDATE {Byline._meta.db_table} SET published_at = %s WHERE story_id = %s",  # noqa: S608
    "topics": f"UPDATE {StoryTopic._meta.db_table} SET published_at = %s WHERE story_id = %s",  # noqa: S608
}
KNOWN_RECEIVERS = frozenset({"page_was_published", "front_was_published"})
"""Our own receivers of Wagtail's signals of publication: what they do is done here. Another would not be told."""


@dataclass(frozen=True, kw_only=True)
class FirstPublication:
    """Everything about a first publication but its moment."""

    story_id: int
    revision_id: int
    address_date: dt.date
    has_later_draft: bool
    dates_to_write: tuple[str, ...]
    content: Content
    version: PublishedVersion
    version_row: PreparedInsert
    log_row: PreparedInsert
    seen: SeenRows

    def go_live(self) -> bool:
        """Publish the story, within a transaction; tell whether that was possible as prepared."""
        now = clock.now()
        if _local_date(now) != self.address_date or not self.seen.are_unchanged():
            return False
        reach("clock.claimed")
        reach("publishing.begun")
        run_together([*self._showing(now), *self._recording(now)])
        reach("publishing.published")
        return True

    def index(self) -> None:
        """Bring the newsroom's search up to date, after the commit."""
        insert_or_update_object_task.enqueue(Story._meta.app_label, Story._meta.model_name, str(self.story_id))

    def _showing(self, now: dt.datetime) -> Iterator[Statement]:
        """Yield what Wagtail's action would write."""
        moment = connection.ops.adapt_datetimefield_value(now)
        yield CLAIM, [self.revision_id]
        yield SHOW, [self.has_later_draft, moment, moment, self.revision_id, self.story_id]
        for date in self.dates_to_write:
            yield date, [moment, self.story_id]

    def _recording(self, now: dt.datetime) -> Iterator[Statement]:
        """Yield what `write_version` would write, and Wagtail's log; the change log's row comes last."""
        content = self.content | plain({"first_published_at": now})
        self.version.content = content
        yield self.version_row.with_values(content=content, digest=digest_of(content), at=now)
        yield from noting_photos(self.version, None)
        yield from dating_topics(self.version)
        yield NOTICED, [self.story_id]
        yield from taking_refiled(self.version)
        yield self.log_row.with_values(timestamp=now)
        yield from appending(keys=keys_of(self.version, None))


def prepare_first_publication(*, planned: Planned) -> FirstPublication | None:
    """Prepare a planned publication; None if it is not a plain first one, or not fit to be published."""
    if planned.act != PlannedAct.PUBLISH or planned.kind != RecordedKind.STORY or _others_listen():
        return None
    seen = SeenRows(story_id=planned.object_id, revision_id=planned.revision_id or 0)
    story = Story.objects.filter(pk=planned.object_id, live=False, first_published_at=None, alias_of=None).first()
    revision = Revision.objects.filter(pk=planned.revision_id, approved_go_live_at=planned.due_at).first()
    if story is None or revision is None or seen.is_entangled or last_version(RecordedKind.STORY, story.pk):
        return None
    if not _is_in_place(story, revision):
        return None
    seen.watch_photos(text_content(story))
    content = recorded_content(story)
    seen.watch_names(content)
    by = who_scheduled(revision.pk)
    version = _version(story, revision, content, Occasion(by=by, source=Source.CLOCK))
    return FirstPublication(
        story_id=story.pk,
        revision_id=revision.pk,
        address_date=story.address_date,
        has_later_draft=not revision.is_latest_revision(),
        dates_to_write=tuple(sql for name, sql in DATES.items() if content[name]),
        content=content,
        version=version,
        version_row=PreparedInsert.of(version),
        log_row=PreparedInsert.of(_log_entry(story, revision, by)),
        seen=seen,
    )


def _is_in_place(story: Story, revision: Revision) -> bool:
    """Tell whether publishing this version would write what the story's rows hold already, and would be allowed."""
    if f"/{story.address_date:%Y/%m/%d}/" not in story.url_path:
        return False
    planned = revision.as_object()
    planned.live = True
    try:
        planned.full_clean()
    except ValidationError:
        return False
    planned.live = False
    return _comparable(planned, planned) == _comparable(story, planned)


def _comparable(story: Story, planned: Story) -> dict[str, Any]:
    """Return all that is stored of a story; rows that the version made anew count as those that were made for it.

    A body counts as blocks: PostgreSQL keeps it with the parts of each block in an order of its own.
    """
    stored: dict[str, Any] = story.serializable_data()
    wanted = planned.serializable_data()
    for name in [name for name, value in stored.items() if isinstance(value, list)]:
        stored[name], rows = _in_order(stored[name]), _in_order(wanted[name])
        for row, planned_row in zip(stored[name], rows, strict=False):
            if planned_row["pk"] is None:
                row["pk"] = None
    return stored | {"body": body_data(story.body)}


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return attached rows in the editor's order; the database knows none where that leaves it open."""
    return sorted(rows, key=lambda row: (row.get("sort_order") or 0, row["pk"] or sys.maxsize))


def _version(story: Story, revision: Revision, content: Content, occasion: Occasion) -> PublishedVersion:
    return PublishedVersion(
        kind=RecordedKind.STORY,
        object_id=story.pk,
        number=1,
        names=recorded_names(content),
        by_id=occasion.by.pk if occasion.by else None,
        by_name=occasion.by_name,
        source=occasion.source,
        revision_id=revision.pk,
    )


def _log_entry(story: Story, revision: Revision, by: Any) -> PageLogEntry:
    entry = PageLogEntry(
        page_id=story.pk,
        content_type=story.cached_content_type,
        label=story.get_admin_display_title(),
        action=LOGGED_PUBLICATION,
        user=by,
        revision=revision,
        content_changed=True,
        timestamp=clock.now(),
    )
    entry.full_clean()
    return entry


def _others_listen() -> bool:
    receivers = [*page_published.receivers, *published.receivers]
    return any(receiver[0][0] not in KNOWN_RECEIVERS for receiver in receivers)


def _local_date(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()
