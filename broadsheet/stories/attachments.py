"""Models of what is attached to a story in order: names, topics, related stories.

They stand beside `models/` so that the selectors may read them while the page models use the selectors.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class BylineRole(models.TextChoices):
    """What a contributor did for the story; decides where in the byline the name stands."""

    BY = "by", _("By")
    WITH = "with", _("With")
    PHOTOGRAPHS = "photographs", _("Photographs by")
    DRAWINGS = "drawings", _("Drawings by")
    REPORTING = "reporting", _("Additional reporting by")
    TRANSLATION = "translation", _("Translated by")
    EDITING = "editing", _("Edited by")


class DatedAttachment(Orderable):
    """A row that lists a story under something else, in the order of publication.

    `published_at` repeats the story's `first_published_at`, so that the list of a topic with 100,000 stories is read
    from one index, newest first, and not sorted; it is written whenever the story is saved with its attachments.
    """

    published_at = models.DateTimeField(null=True, editable=False)

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the story's time of first publication."""
        self.published_at = self.story.first_published_at
        super().save(*args, **kwargs)


class Byline(DatedAttachment):
    """One name in a story's byline."""

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        "bylines.Contributor",
        verbose_name=_("contributor"),
        on_delete=models.PROTECT,
        related_name="bylines",
    )
    role = models.CharField(_("role"), max_length=12, choices=BylineRole.choices, default=BylineRole.BY)
    place = models.CharField(
        _("where"),
        max_length=100,
        blank=True,
        help_text=_("Printed after the name: “in Cairo”."),
    )

    class Meta(DatedAttachment.Meta):
        indexes = [models.Index(fields=["contributor", "-published_at", "-story"], name="byline_latest")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.contributor}"


def month_of(moment: dt.datetime) -> dt.date:
    """Return the first day of the month of a moment, by the site's calendar."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date().replace(day=1)


class StoryTopic(DatedAttachment):
    """A topic that a story is about; the first is its main one.

    `month` is the first day of the month of its first publication while readers see the story, else empty: by it the
    stories of a topic are counted month by month in one index, without a look at the stories themselves. Whoever puts
    an act on the record writes it (`publishing/dating_topics.py`), for one row where a topic was chosen twice.
    """

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="story_topics")
    topic = models.ForeignKey(
        "topics.Topic",
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        related_name="story_topics",
    )
    month = models.DateField(null=True, editable=False)

    class Meta(DatedAttachment.Meta):
        indexes = [
            models.Index(fields=["topic", "-published_at", "-story"], name="story_topic_latest"),
            models.Index(fields=["topic", "-month", "-published_at", "-story"], name="story_topic_by_month"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the month under which readers find the story."""
        moment = self.story.first_published_at if self.story.live else None
        self.month = month_of(moment) if moment else None
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return str(self.topic)


class RelatedStory(Orderable):
    """A story that an editor set beside this one; shown before those found by rule."""

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="pinned_related")
    related = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL,
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    def __str__(self) -> str:
        return str(self.related)


class SimilarStory(models.Model):
    """A story that reads like another; that which does so most has the first place. Written by `note_similar.py`."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    similar = models.ForeignKey(settings.WAGTAIL_PAGE_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "similar"], name="similar_once")]

    def __str__(self) -> str:
        return f"{self.story_id} is like {self.similar_id}"
