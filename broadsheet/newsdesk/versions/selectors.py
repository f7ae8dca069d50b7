"""Reads of a story's versions, drafts and published ones alike, by the names they have in addresses.

`r12` is the newsroom's revision 12, `v3` the third row of the record, `live` what readers see, `newest` the last draft.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Revision

from broadsheet.kit.wall_time import told
from broadsheet.stories.as_recorded import contents_of
from broadsheet.stories.models import PublishedVersion, RecordedKind, Story
from broadsheet.stories.recorded_content import Content, recorded_content, recorded_names

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DRAFTS_SHOWN = 60
LIVE, NEWEST = "live", "newest"


class NoSuchVersionError(LookupError):
    """A story has no version of this name."""


@dataclass(frozen=True)
class Side:
    """One of two versions that are compared."""

    name: str
    title: str
    content: Content
    names: Mapping[str, str]


@dataclass(frozen=True)
class VersionRow:
    """One version in the list of a story's versions."""

    name: str
    at: dt.datetime
    by: str
    state: "StrOrPromise"
    why: "StrOrPromise"
    note: str
    is_public: bool
    is_newest: bool


def versions_of(story: Story) -> list[VersionRow]:
    """Return a story's drafts and published versions, newest first; a draft that was published stands there once."""
    published = list(_record(story).order_by("-number"))
    public = published[0].pk if published and published[0].content else None
    became_public = {version.revision_id for version in published if version.content}
    drafts = story.revisions.defer("content").select_related("user").order_by("-created_at", "-pk")[:DRAFTS_SHOWN]
    rows = [
        VersionRow(
            name=f"v{version.number}",
            at=version.at,
            by=version.by_name,
            state=version.get_act_display(),
            why=version.get_change_class_display(),
            note=version.note,
            is_public=version.pk == public,
            is_newest=version.revision_id == story.latest_revision_id,
        )
        for version in published
        if version.content
    ]
    rows += [
        VersionRow(
            name=f"r{draft.pk}",
            at=draft.created_at,
            by=str(draft.user or ""),
            state=_("Draft"),
            why="",
            note="",
            is_public=False,
            is_newest=draft.pk == story.latest_revision_id,
        )
        for draft in drafts
        if draft.pk not in became_public
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def side(story: Story, name: str) -> Side:
    """Return one version of a story by its name, ready to be compared. Raises NoSuchVersionError."""
    if name == LIVE:
        if not story.live:
            raise NoSuchVersionError(name)
        return _as_it_stands(name, _("What readers see"), story)
    if name == NEWEST:
        return _as_it_stands(name, _("The newest version"), story.get_latest_revision_as_object())
    if name.startswith("v"):
        version = _published(story, name)
        title = _("Version %(number)d, published on %(moment)s")
        told_as = title % {"number": version.number, "moment": told(version.at)}
        content = contents_of([version])[version.pk]
        return Side(name, told_as, content, {**recorded_names(version.content), **version.names})
    draft = _draft(story, name)
    return _as_it_stands(name, _("Draft of %(moment)s") % {"moment": told(draft.created_at)}, draft.as_object())


def version_as_draft(story: Story, name: str) -> Revision | Content:
    """Return what a version is brought back from: the draft itself, or the content of the record."""
    return _published(story, name).content if name.startswith("v") else _draft(story, name)


def _as_it_stands(name: str, title: str, story: Story) -> Side:
    content = recorded_content(story)
    return Side(name, title, content, recorded_names(content))


def _record(story: Story) -> models.QuerySet[PublishedVersion]:
    return PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story.pk)


def _published(story: Story, name: str) -> PublishedVersion:
    version = _record(story).filter(number=_number(name)).exclude(content={}).first()
    if version is None:
        raise NoSuchVersionError(name)
    return version


def _draft(story: Story, name: str) -> Revision:
    draft: Revision | None = story.revisions.filter(pk=_number(name)).first()
    if draft is None:
        raise NoSuchVersionError(name)
    return draft


def _number(name: str) -> int:
    if name[:1] not in {"r", "v"} or not name[1:].isdecimal():
        raise NoSuchVersionError(name)
    return int(name[1:])
