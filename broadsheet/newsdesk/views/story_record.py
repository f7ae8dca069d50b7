"""A story's record as the newsroom sees it: every version with who, when, why and by what way, and its words."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView
from wagtail.log_actions import log

from broadsheet.kit.write_transaction import write_transaction
from broadsheet.newsdesk.story_view import StoryPageMixin
from broadsheet.publishing.log_acts import READ_TAKEN_DOWN_TEXT
from broadsheet.stories.as_recorded import contents_of
from broadsheet.stories.models import AmendmentKind, PublishedVersion, RecordAmendment, RecordedKind, Story, Takedown
from broadsheet.stories.permissions import AMEND_RECORD
from broadsheet.stories.recorded_text import recorded_fields
from broadsheet.stories.taken_down import TAKE_DOWN_STORY, stand_in_title


@dataclass(frozen=True)
class RecordRow:
    """One version, what was taken back of it, and what may be done to it."""

    version: PublishedVersion
    amendments: list[RecordAmendment]
    may_withdraw: bool
    may_withhold: bool
    revision_id: int | None


class StoryRecord(StoryPageMixin, TemplateView):
    """All versions of a story, newest first, and its takedowns."""

    template_name = "newsdesk/record/story_record.html"
    header_icon = "list-ul"
    label = gettext_lazy("Record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows and what the user may do."""
        takedowns = Takedown.objects.filter(page_id=self.story.pk).order_by("-at", "-pk")
        may_take_down = self.user.has_perm(TAKE_DOWN_STORY)
        return super().get_context_data(
            story=self.story,
            rows=self._rows(),
            takedown=self.takedown,
            takedowns=takedowns if self.may_read_words or may_take_down else takedowns.filter(lifted_at__isnull=True),
            may_take_down=may_take_down,
            may_read_words=self.may_read_words,
            **kwargs,
        )

    def _rows(self) -> list[RecordRow]:
        versions = list(_versions(self.story).order_by("-number").prefetch_related("amendments"))
        kept = set(self.story.revisions.values_list("pk", flat=True)) if not self.takedown else set()
        may_amend = self.user.has_perm(AMEND_RECORD)
        public = versions[0].digest if versions and versions[0].content else ""
        return [self._row(version, kept, public, may_amend=may_amend) for version in versions]

    def _row(self, version: PublishedVersion, kept: set[int], public: str, *, may_amend: bool) -> RecordRow:
        amendments = list(version.amendments.all())
        done = {amendment.kind for amendment in amendments}
        is_earlier = bool(version.content) and version.digest != public
        return RecordRow(
            version=version,
            amendments=amendments,
            may_withdraw=may_amend and bool(version.note) and AmendmentKind.NOTE_WITHDRAWN not in done,
            may_withhold=may_amend and is_earlier and AmendmentKind.WORDS_WITHHELD not in done,
            revision_id=version.revision_id if version.revision_id in kept else None,
        )


class StoryVersion(StoryPageMixin, TemplateView):
    """The words of one version. Reading those of a taken down story needs a right of its own, and is logged."""

    template_name = "newsdesk/record/story_version.html"
    header_icon = "doc-full"

    @cached_property
    def version(self) -> PublishedVersion:
        """The version that the address names."""
        return get_object_or_404(_versions(self.story), number=self.kwargs["number"])

    @property
    def label(self) -> str:
        """Name the version."""
        return gettext("Version %(number)d") % {"number": self.kwargs["number"]}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the words, once the log says who reads them."""
        if self.takedown and self.may_read_words:
            with write_transaction():
                log(
                    instance=self.story,
                    action=READ_TAKEN_DOWN_TEXT,
                    user=self.user,
                    title=stand_in_title(self.story.pk),
                    data={"version": self.version.number},
                )
        response: HttpResponse = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words, for those who may read them."""
        content = contents_of([self.version])[self.version.pk] if self.may_read_words else {}
        return super().get_context_data(
            story=self.story,
            version=self.version,
            content=content,
            paragraphs=[line for block in recorded_fields(content, {})["body"] for line in block.text.splitlines()],
            takedown=self.takedown,
            may_read_words=self.may_read_words,
            names=self.version.names if self.may_read_words else {},
            **kwargs,
        )


def _versions(story: Story) -> Any:
    return PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story.pk)
