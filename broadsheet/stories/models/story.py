"""Story: what the paper is for."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.masthead.fields import LeanStreamField
from broadsheet.pages.models import BasePage
from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.kept_topics import with_known_moves, with_topics_of_now
from broadsheet.stories.notes import RecordSummary
from broadsheet.stories.record import ChangeClass
from broadsheet.stories.record_selectors import record_of
from broadsheet.stories.story_context import story_context
from broadsheet.stories.story_permission_tester import StoryPermissionTester


class Story(BasePage):
    """An article. Its address carries the day of its first publication, in the site's time zone."""

    parent_page_types = ["stories.MonthPage"]
    subpage_types: list[str] = []
    template = "stories/story.html"

    dateline_place = models.ForeignKey(
        "topics.Topic",
        verbose_name=_("dateline"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": "place"},
    )
    dateline_text = models.CharField(
        _("dateline in words"),
        max_length=100,
        blank=True,
        help_text=_("Instead of the place: “BRUSSELS and LYON”."),
    )
    body = LeanStreamField(StoryBody(), verbose_name=_("text"), blank=True)
    lead_photo_caption = models.TextField(
        _("caption here"),
        blank=True,
        help_text=_("The photo's own caption when empty."),
    )
    shows_so_far = models.BooleanField(
        _("with the story so far"),
        null=True,  # of a column that may not be empty SQLite writes the whole table anew, every body of the archive
        blank=True,
        help_text=_("The box of its series, or else of the first of its topics that has one."),
    )
    comments_open = models.BooleanField(_("comments open"), default=True)
    social_title = models.CharField(_("title for shared links"), max_length=120, blank=True)
    social_description = models.CharField(_("description for shared links"), max_length=250, blank=True)
    social_photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    canonical_url = models.URLField(
        _("first published elsewhere at"),
        blank=True,
        help_text=_("For stories taken over from another paper."),
    )
    change_class = models.CharField(
        _("kind of change"),
        max_length=14,
        choices=ChangeClass.choices,
        blank=True,
        help_text=_("Why the published story changes. Readers see it with what changed."),
    )
    change_note = models.TextField(
        _("note to readers"),
        blank=True,
        max_length=1000,
        help_text=_("What was wrong or unclear, and what is right now. Needed from a clarification on."),
    )
    change_is_serious = models.BooleanField(
        _("at the head of the story"),
        default=False,
        help_text=_("For a mistake that misled readers; otherwise the note stands at the story’s foot."),
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        permissions = [
            ("edit_own_sections", "Can edit and publish the stories of the sections one edits"),
            ("use_raw_html", "Can put HTML of one's own into stories"),
            ("take_down_story", "Can take a story down, and put it back"),
            ("read_taken_down", "Can read what was taken down"),
            ("amend_record", "Can withdraw notes and withhold words on the public record"),
        ]

    def permissions_for_user(self, user: User) -> StoryPermissionTester:
        """Return what a user may do with this story; section editors have their rights by section."""
        return StoryPermissionTester(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a version; before the first one of a story that was published without any, keep what readers see.

        Wagtail would otherwise take such a story (imported, say) off the site when an update of it is scheduled.
        """
        if self.pk and self.live and self.live_revision_id is None:
            published: Revision = Story.objects.get(pk=self.pk)._save_first_revision()
            self.live_revision = published
        revision: Revision = super().save_revision(*args, **kwargs)
        return revision

    def _save_first_revision(self) -> Revision:
        revision: Revision = super().save_revision(user=self.owner, changed=False, clean=False)
        Story.objects.filter(pk=self.pk).update(live_revision=revision)
        return revision

    def serializable_data(self) -> dict[str, Any]:
        """Return what a version keeps."""
        return with_known_moves(super().serializable_data(), self.pk)

    def with_content_json(self, content: dict[str, Any]) -> "Story":
        """Return the story as a version has it, under the topics that its own have become."""
        version: Story = super().with_content_json(with_topics_of_now(content, self.pk))
        return version

    @property
    def address_date(self) -> dt.date:
        """The day in the story's address: of first publication, else of the planned one, else of its making."""
        moment = self.first_published_at or self.go_live_at or clock.now()
        return timezone.localtime(moment, timezone.get_default_timezone()).date()

    def set_url_path(self, parent: BasePage | None) -> str:
        """Write the day between the month's address and the slug: /2016/10/ + 19/ + slug/."""
        if parent is None:
            url_path: str = super().set_url_path(parent)
            return url_path
        self.url_path = f"{parent.url_path}{self.address_date.day:02d}/{self.slug}/"
        return self.url_path

    @property
    def dateline(self) -> str:
        """The dateline as printed before the first paragraph, or nothing."""
        return self.dateline_text or (self.dateline_place.name.upper() if self.dateline_place else "")

    @cached_property
    def record(self) -> RecordSummary:
        """What the public record says of the story."""
        return record_of(self.pk or 0)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything the story's page shows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | story_context(self, request, self.record)
