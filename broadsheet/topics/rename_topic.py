"""Gives a topic another name and address: the old address leads on, the old name is still found in texts."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.kit.text import fold
from broadsheet.topics.keep_old_slug import keep_old_slug
from broadsheet.topics.log_acts import RENAMED
from broadsheet.topics.models import Topic, TopicSynonym
from broadsheet.topics.selection import count_stories, rows_under


@dataclass(frozen=True)
class RenamePlan:
    """What another name will change."""

    stories: int
    """Stories whose pages show the name."""
    synonym: str
    """The name that is still found in texts; empty when it is found anyway."""
    old_slug: str
    """The address that leads on; empty when it stays."""


def plan_rename(*, topic: Topic, name: str, slug: str, keep_name: bool) -> RenamePlan:
    """Return what renaming will change."""
    known = {fold(name), *(fold(one) for one in topic.synonyms.values_list("name", flat=True))}
    return RenamePlan(
        stories=count_stories(rows_under(topic)),
        synonym=topic.name if keep_name and fold(topic.name) not in known else "",
        old_slug=topic.slug if slug != topic.slug else "",
    )


@transaction.atomic
def rename_topic(*, topic: Topic, name: str, slug: str, keep_name: bool) -> RenamePlan:
    """Rename a topic; raises ValidationError for a slug that another topic has, or had."""
    plan = plan_rename(topic=topic, name=name, slug=slug, keep_name=keep_name)
    old_name, old_slug = topic.name, topic.slug
    topic.name, topic.slug = name, slug
    topic.full_clean()
    topic.save()
    if plan.synonym:
        TopicSynonym.objects.create(topic=topic, name=plan.synonym)
    keep_old_slug(topic=topic, old_slug=old_slug)
    log(instance=topic, action=RENAMED, data={"from": old_name, "to": name, "old_slug": plan.old_slug})
    return plan
