"""Makes one topic of two: what was filed under the one stands under the other, and old links go on working."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from broadsheet.changes.append_change import append_change
from broadsheet.kit.text import fold
from broadsheet.topics.cache_keys import topic_key, topic_list_key, topic_names_key
from broadsheet.topics.models import Topic, TopicRedirect, TopicSynonym


class CannotMergeError(ValueError):
    """The two topics cannot become one: they are the same, or one was merged already."""


@dataclass(frozen=True)
class MergePlan:
    """What a merge will change."""

    stories: int
    already_there: int
    """Stories that are filed under both; they keep one of the two rows."""
    synonyms: int
    children: int


def plan_merge(*, merged: Topic, into: Topic) -> MergePlan:
    """Return what merging `merged` into `into` will change; raises CannotMergeError."""
    _refuse_impossible(merged, into)
    rows = _filed_under(merged)
    return MergePlan(
        stories=rows.count(),
        already_there=_also_under(rows, into).count(),
        synonyms=len(_new_names(merged, into)),
        children=merged.children.exclude(pk=into.pk).count(),
    )


@transaction.atomic
def merge_topics(*, merged: Topic, into: Topic) -> MergePlan:
    """Move stories, synonyms and subtopics of `merged` to `into`, and lead readers from the one to the other.

    `merged` stays as a row that redirects; its name becomes a synonym, so that texts which use it are still found.
    Drafts that name `merged` in a kept version are published under it and are led on by its page. Raises
    CannotMergeError.
    """
    plan = plan_merge(merged=merged, into=into)
    rows = _filed_under(merged)
    _also_under(rows, into).delete()
    rows.update(topic=into)
    TopicSynonym.objects.bulk_create([TopicSynonym(topic=into, name=name) for name in _new_names(merged, into)])
    merged.synonyms.all().delete()
    if into.parent_id == merged.pk:
        into.parent = merged.parent if merged.parent_id != into.pk else None
        into.save(update_fields=["parent"])
    merged.children.exclude(pk=into.pk).update(parent=into)
    merged.merged_topics.update(merged_into=into)
    TopicRedirect.objects.filter(topic=merged).update(topic=into)
    merged.merged_into = into
    merged.parent = None
    merged.save(update_fields=["merged_into", "parent"])
    lists = {topic_list_key(merged.pk), topic_list_key(into.pk)}
    append_change(keys={topic_key(merged.pk), topic_names_key(into.pk), *lists})
    return plan


def _refuse_impossible(merged: Topic, into: Topic) -> None:
    if merged.pk == into.pk:
        raise CannotMergeError("A topic cannot be merged into itself.")
    if merged.merged_into_id or into.merged_into_id:
        raise CannotMergeError("One of the topics has been merged already.")


def _filed_under(topic: Topic) -> "QuerySet[Model]":
    rows: QuerySet[Model] = topic.story_topics.all()
    return rows


def _also_under(rows: "QuerySet[Model]", topic: Topic) -> "QuerySet[Model]":
    """Keep the rows whose story has a row under `topic` too."""
    others = rows.model._default_manager.filter(topic=topic, story=OuterRef("story"))
    return rows.filter(Exists(others))


def _new_names(merged: Topic, into: Topic) -> list[str]:
    known = {fold(name) for name in (into.name, *into.synonyms.values_list("name", flat=True))}
    names = []
    for name in (merged.name, *merged.synonyms.values_list("name", flat=True)):
        if fold(name) not in known:
            known.add(fold(name))
            names.append(name)
    return names
