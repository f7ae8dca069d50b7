"""What the index holds of the paper: made of what readers can see now, and of nothing else.

Documents are made from the present state of the database and never from what a change says, so that dealing with a
change twice, or late, ends in the same index.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace

from django.conf import settings
from django.utils import timezone

from broadsheet.bylines.models import Contributor
from broadsheet.search.engine.interface import Document, Kind
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import BylineRole
from broadsheet.stories.models import Byline, Story, StoryTopic
from broadsheet.stories.recorded_content import Content, text_content
from broadsheet.stories.recorded_photos import PhotoWords, photos_shown, present_words, with_photo_words
from broadsheet.stories.recorded_text import WITH_PHOTOS, recorded_fields
from broadsheet.topics.models import Topic

STORIES_AT_ONCE = 200
NAMED_ROLES = frozenset({BylineRole.BY, BylineRole.WITH, BylineRole.PHOTOGRAPHS, BylineRole.DRAWINGS})
"""What people did who are found as those by whom a story is."""
VERSION_BITS = 63
REST_BITS = 32
NAME_BITS = VERSION_BITS - REST_BITS
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading a body may raise that some program wrote past the editor."""
logger = logging.getLogger(__name__)


def story_documents(pks: Collection[int]) -> list[Document]:
    """Return the documents of those of these stories that are published.

    A story whose body cannot be read is found by what else there is of it: it must not keep others out.
    """
    stories = list(Story.objects.filter(pk__in=pks, live=True).order_by("pk"))
    contents = {story.pk: _content(story) for story in stories}
    words = present_words({photo for content in contents.values() for photo in photos_shown(content)})
    bylines = _bylines(pks)
    topics = _topics(pks)
    return [_story(story, contents[story.pk], words, bylines, topics) for story in stories]


def _content(story: Story) -> Content:
    try:
        content = text_content(story)
        recorded_fields(content, {})
        photos_shown(content)
    except MALFORMED:
        logger.exception("The body of story %s cannot be read, and is not searched in", story.pk)
        return {}
    return content


def published_pks(*, after: int = 0) -> list[int]:
    """Return the numbers of the next published stories, in order of their numbers."""
    rows = Story.objects.filter(live=True, pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return list(rows[:STORIES_AT_ONCE])


def name_documents(kind: Kind, pks: Collection[int] | None = None) -> Iterator[Document]:
    """Yield the documents of topics, people or sections: of these, or of all. A merged topic has none."""
    readers = {Kind.TOPIC: _topic_documents, Kind.PERSON: _person_documents, Kind.SECTION: _section_documents}
    return readers[kind](pks)


def all_documents() -> Iterator[Document]:
    """Yield everything that is to be in the index."""
    for kind in (Kind.SECTION, Kind.TOPIC, Kind.PERSON):
        yield from name_documents(kind)
    after = 0
    while pks := published_pks(after=after):
        yield from story_documents(pks)
        after = pks[-1]


def _story(
    story: Story,
    content: Content,
    words: Mapping[int, PhotoWords],
    bylines: Mapping[int, Sequence[tuple[int, str, str]]],
    topics: Mapping[int, Sequence[tuple[int, str]]],
) -> Document:
    fields = recorded_fields(with_photo_words(content, words), {})
    body = [block.text for block in fields["body"] if block.kind not in WITH_PHOTOS and "photo_" not in block.kind]
    photos = [block.text for block in fields["body"] if block.kind in WITH_PHOTOS or block.kind == "photo_credit"]
    photos += [block.text for name in ("caption", "credit") for block in fields[name]]
    people = bylines.get(story.pk, ())
    filed = topics.get(story.pk, ())
    zone = timezone.get_default_timezone()
    return versioned(
        Document(
            kind=Kind.STORY,
            pk=story.pk,
            language=story.language,
            title=" ".join(filter(None, (story.kicker, story.title))),
            standfirst=story.standfirst,
            body="\n".join(filter(None, body)),
            photo_words="\n".join(filter(None, photos)),
            names=[name for _, name, _ in people] + [name for _, name in filed],
            section=story.section_id,
            topics=[pk for pk, _ in filed],
            people=[pk for pk, _, role in people if role in NAMED_ROLES],
            work_type=story.work_type,
            published_at=story.first_published_at and timezone.localtime(story.first_published_at, zone),
        )
    )


def _bylines(pks: Collection[int]) -> dict[int, list[tuple[int, str, str]]]:
    rows = Byline.objects.filter(story__in=pks).order_by("story_id", "sort_order", "pk")
    found: dict[int, list[tuple[int, str, str]]] = {}
    for story_id, pk, name, role in rows.values_list("story_id", "contributor_id", "contributor__name", "role"):
        found.setdefault(story_id, []).append((pk, name, role))
    return found


def _topics(pks: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    rows = StoryTopic.objects.filter(story__in=pks).order_by("story_id", "sort_order", "pk")
    found: dict[int, list[tuple[int, str]]] = {}
    for story_id, pk, name in rows.values_list("story_id", "topic_id", "topic__name"):
        found.setdefault(story_id, []).append((pk, name))
    return found


def _topic_documents(pks: Collection[int] | None) -> Iterator[Document]:
    topics = Topic.objects.filter(merged_into=None).prefetch_related("synonyms").order_by("pk")
    for topic in topics if pks is None else topics.filter(pk__in=pks):
        names = [synonym.name for synonym in topic.synonyms.all()]
        yield _named(Kind.TOPIC, topic.pk, topic.name, [*names, topic.slug])


def _person_documents(pks: Collection[int] | None) -> Iterator[Document]:
    people = Contributor.objects.order_by("pk")
    for person in people if pks is None else people.filter(pk__in=pks):
        yield _named(Kind.PERSON, person.pk, person.name, [person.slug])


def _section_documents(pks: Collection[int] | None) -> Iterator[Document]:
    sections = Section.objects.order_by("pk")
    for section in sections if pks is None else sections.filter(pk__in=pks):
        yield _named(Kind.SECTION, section.pk, section.name, [section.slug])


def _named(kind: Kind, pk: int, name: str, others: Iterable[str]) -> Document:
    """Return the document of a name. Its version begins with that of the name alone (`name_version`)."""
    names = [name, *dict.fromkeys(others)]
    whole = Document(kind=kind, pk=pk, language=settings.LANGUAGE_CODE, title=name, names=names)
    version = _digest(name, NAME_BITS) << REST_BITS | _digest(repr(astuple(whole)), REST_BITS)
    return replace(whole, version=version)


def name_version(version: int) -> int:
    """Return what differs between versions of a topic, person or section when it has another name, and only then:
    that name stands in its stories, and nothing else of it does."""
    return version >> REST_BITS


def versioned(document: Document) -> Document:
    """Return a document with the version that tells it from any other."""
    return replace(document, version=_digest(repr(astuple(document)), VERSION_BITS))


def _digest(text: str, bits: int) -> int:
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - bits)
