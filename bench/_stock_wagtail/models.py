"""Pages, sections, people and topics, in the plainest way that Wagtail's manual shows."""

from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

RELATED = 4
PER_TOPIC = 3


class Section(models.Model):
    """A section, in the menu of every page."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone who writes."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A topic."""

    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name


class StoryPage(Page):
    """A story."""

    standfirst = models.TextField()
    body = StreamField([("paragraph", RichTextBlock())])
    photo = models.ForeignKey("wagtailimages.Image", models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT)
    people = ParentalManyToManyField(Person)
    topics = ParentalManyToManyField(Topic, related_name="stories")

    template = "stock/story.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the menu and what stands below the story."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        others = StoryPage.objects.live().exclude(pk=self.pk).order_by("-first_published_at")
        topics = list(self.topics.all())
        context["sections"] = Section.objects.all()
        context["topics"] = topics
        context["related"] = _with_parts(others.filter(section=self.section))[:RELATED]
        context["read_more"] = [(topic, _with_parts(others.filter(topics=topic))[:PER_TOPIC]) for topic in topics]
        return context


def _with_parts(stories: Any) -> Any:
    return stories.select_related("section").prefetch_related("people")
