"""Names of an archive (people, topics, sections) found in the paper or added to it, once each."""

from __future__ import annotations

import re
from html import escape
from itertools import count
from typing import Any

from django.utils.text import slugify

from broadsheet.archive.markdown.archive_folder import humanise
from broadsheet.archive.source_story import SourceContributor, SourceTopic
from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.kit.html import clean_prose
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic, TopicRedirect

_TEAM = re.compile(r"\b(?:team|staff|editors|office|program|community|council|agency)\b", re.IGNORECASE)


class NameRegister:
    """Contributors, topics and sections by the ids an archive uses.

    Names grow with the number of people and subjects, not with the number of stories, so they are kept in memory.
    What an editor has changed since is never written over: an existing entry is used as it is.
    """

    def __init__(self) -> None:
        self._contributors: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._sections: dict[str, int] = {}
        self.added = {"contributors": 0, "topics": 0, "sections": 0}

    def learn_contributor(self, person: SourceContributor) -> int:
        """The contributor of the archive's own page, added when there is none of that name."""
        pk = self._contributor(person)
        for slug in (person.slug, *person.aliases):
            self._contributors.setdefault(slug.strip("/").rsplit("/", 1)[-1], pk)
        return pk

    def contributor(self, slug: str) -> tuple[int, bool]:
        """The contributor an article names, and whether the archive had a page for them."""
        key = slug.strip("/")
        if key in self._contributors:
            return self._contributors[key], True
        pk = self._contributor(SourceContributor(slug=key, name=humanise(key)))
        self._contributors[key] = pk
        return pk, False

    def learn_topic(self, topic: SourceTopic) -> int:
        """The topic of the archive's own page, added when the paper has none; its old slugs lead to it."""
        pk = self._topic(topic.slug, topic.name, topic.description)
        self._topics.setdefault(topic.slug, pk)
        return pk

    def topic(self, tag: str) -> int:
        """The topic for a tag as an article writes it."""
        if tag not in self._topics:
            self._topics[tag] = self._topic(tag, tag, "")
        return self._topics[tag]

    def section(self, name: str) -> int:
        """The section of that name, added at the end of the paper's list when there is none."""
        if name not in self._sections:
            slug = slugify(name, allow_unicode=True)[:100] or "archive"
            last = Section.objects.order_by("-sort_order").values_list("sort_order", flat=True).first()
            section, made = Section.objects.get_or_create(
                slug=slug, defaults={"name": name[:100], "sort_order": (last or 0) + 1}
            )
            self.added["sections"] += made
            self._sections[name] = section.pk
        return self._sections[name]

    def _contributor(self, person: SourceContributor) -> int:
        slug = slugify(person.slug, allow_unicode=True)[:100] or "contributor"
        name = person.name[:255]
        found = (
            Contributor.objects.filter(name=name, slug__startswith=slug)
            .order_by("pk")
            .values_list("pk", flat=True)
            .first()
        )
        if found:
            return found
        made = Contributor.objects.create(slug=_free_slug(Contributor, slug), **_contributor_values(person, name))
        self.added["contributors"] += 1
        return made.pk

    def _topic(self, tag: str, name: str, description: str) -> int:
        slug = slugify(tag, allow_unicode=True)[:140] or "topic"
        text = f"<p>{escape(description)}</p>" if description else ""
        topic = Topic.objects.filter(slug=slug).first()
        if topic:
            if text and not topic.description:
                Topic.objects.filter(pk=topic.pk).update(description=text)
            return topic.merged_into_id or topic.pk
        moved = TopicRedirect.objects.filter(old_slug=slug).values_list("topic_id", flat=True).first()
        if moved:
            return moved
        self.added["topics"] += 1
        return Topic.objects.create(slug=slug, name=name[:255], description=text).pk


def _contributor_values(person: SourceContributor, name: str) -> dict[str, Any]:
    role = ", ".join(part for part in (person.job_title, person.agency) if part)
    website = next((link for link in person.links if len(link) <= 200), "")
    return {
        "name": name,
        "kind": ContributorKind.TEAM if _TEAM.search(name) else ContributorKind.PERSON,
        "job_title": role[:255],
        "location": person.location[:255],
        "email": person.email if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", person.email) else "",
        "website": website,
        "biography": clean_prose(f"<p>{person.biography}</p>") if person.biography else "",
        "is_current": False,
    }


def _free_slug(model: type[Contributor], slug: str) -> str:
    if not model.objects.filter(slug=slug).exists():
        return slug
    return next(free for number in count(2) if not model.objects.filter(slug=(free := f"{slug}-{number}")).exists())
