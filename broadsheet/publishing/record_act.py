"""Puts on the record what was published or taken away, and into the change log what followers have to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from broadsheet.changes.append_change import append_change
from broadsheet.kit.fail_points import reach
from broadsheet.kit.statements import run_together
from broadsheet.publishing.cache_keys import keys_of
from broadsheet.publishing.dating_topics import dating_topics
from broadsheet.publishing.noting_photos import noting_photos
from broadsheet.publishing.occasion import present_occasion
from broadsheet.publishing.refiled_stories import as_refiled, taking_refiled
from broadsheet.stories.cache_keys import new_front_key
from broadsheet.stories.models import (
    Act,
    ChangeClass,
    PublishedVersion,
    RecordedKind,
    Story,
    UnrecordedChange,
)
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.stories.recorded_content import digest_of, recorded_content, recorded_names
from broadsheet.stories.taken_down import TakenDownError, is_taken_down

NOTICED = f"DELETE FROM {UnrecordedChange._meta.db_table} WHERE page_id = %s"  # noqa: S608  our own table
AWAY = frozenset({Act.UNPUBLISHED, Act.TAKEN_DOWN, Act.DELETED})
"""Acts after which readers see nothing, and no old copy may be shown."""


class NoteMissingError(Exception):
    """Whoever clarifies, corrects or retracts has to tell readers what was wrong."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something that readers see changes, as they are told. The note is compulsory from a clarification on."""

    change_class: str = ""
    note: str = ""
    is_serious: bool = False
    """Set the note at the story's head instead of its foot."""

    def check(self) -> None:
        """Raise NoteMissingError where a note is compulsory and there is none."""
        if self.change_class in NOTED_CLASSES and not self.note.strip():
            raise NoteMissingError(f"A {ChangeClass(self.change_class).label.lower()} needs a note to readers.")


@transaction.atomic
def record_act(
    *,
    instance: Any,
    act: Act = Act.PUBLISHED,
    revision_id: int | None = None,
    also_changed: Iterable[str] = (),
    reason: Reason | None = None,
) -> PublishedVersion:
    """Record what was just done to a story, an information page or a front, in the transaction that did it.

    `instance` is the object as readers now see it (for acts that take it away: as they saw it). `also_changed` are
    surrogate keys of what else follows from the act. Who, when and by what way is the present occasion's; why is
    `reason`, or what stands in the story itself (`change_class`, `change_note`), and is not asked at a first
    publication. Raises NoteMissingError, and TakenDownError for a story that is taken down; then nothing is published.
    """
    kind = kind_of(instance)
    if kind == RecordedKind.STORY and act == Act.PUBLISHED:
        refuse_taken_down(instance)
    before = last_version(kind, instance.pk)
    version = _version(instance, kind, act, before)
    if before and act == Act.PUBLISHED:
        _explain(version, reason or _reason_in(instance))
    version.revision_id = revision_id
    if kind == RecordedKind.FRONT and before is None:
        also_changed = [*also_changed, new_front_key(instance.section_id)]
    write_version(version=version, before=before, also_changed=also_changed)
    return version


def refuse_taken_down(story: Story) -> None:
    """Raise TakenDownError for a story that may not be published or scheduled until it is put back."""
    if is_taken_down(story.pk):
        raise TakenDownError


def write_version(
    *, version: PublishedVersion, before: PublishedVersion | None, also_changed: Iterable[str] = ()
) -> None:
    """Write a row of the record and the change log's row that goes with it, in the transaction that did the act."""
    version.save(force_insert=True)
    refiled = run_together(
        [
            *noting_photos(version, before),
            *dating_topics(version),
            (NOTICED, [version.object_id]),
            *taking_refiled(version),
        ]
    )[-1]
    reach("publishing.recorded")
    append_change(keys={*keys_of(version, as_refiled(before, refiled)), *also_changed}, hard=version.act in AWAY)
    reach("publishing.logged")


def last_version(kind: str, object_id: int) -> PublishedVersion | None:
    """Return the newest row of the record of one object."""
    return PublishedVersion.objects.filter(kind=kind, object_id=object_id).order_by("-number").first()


def kind_of(instance: Any) -> RecordedKind:
    """Return what sort of thing the record calls this."""
    if isinstance(instance, Story):
        return RecordedKind.STORY
    return RecordedKind.FRONT if hasattr(instance, "zone_data") else RecordedKind.PAGE


def _version(instance: Any, kind: RecordedKind, act: Act, before: PublishedVersion | None) -> PublishedVersion:
    occasion = present_occasion()
    content = {} if act in AWAY else recorded_content(instance, is_held=True)
    return PublishedVersion(
        kind=kind,
        object_id=instance.pk,
        number=before.number + 1 if before else 1,
        act=act,
        content=content,
        digest=digest_of(content) if content else "",
        names=recorded_names(content) if kind == RecordedKind.STORY else {},
        at=occasion.moment,
        by_id=occasion.by.pk if occasion.by else None,
        by_name=occasion.by_name,
        source=occasion.source,
    )


def _reason_in(instance: Any) -> Reason | None:
    """Return why a story was changed, as its editor said; other things do not say."""
    if not isinstance(instance, Story):
        return None
    return Reason(change_class=instance.change_class, note=instance.change_note, is_serious=instance.change_is_serious)


def _explain(version: PublishedVersion, reason: Reason | None) -> None:
    """Take over why something was changed."""
    if reason is None:
        return
    reason.check()
    version.change_class = reason.change_class or ChangeClass.UPDATE
    version.note = reason.note.strip()
    version.is_serious = reason.is_serious or reason.change_class == ChangeClass.RETRACTION
