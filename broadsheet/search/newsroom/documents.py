"""What the newsroom's index holds: everything that its views and choosers search, as it was last saved.

A page is found by its latest draft. Documents are made from the present state of the database, as those for readers.
"""

import datetime as dt
import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model

from broadsheet.bylines.models import Contributor
from broadsheet.kit.html import text_of
from broadsheet.pages.models import BasePage, NewsroomDocument
from broadsheet.photos.models import Photo
from broadsheet.search.documents import MALFORMED, versioned
from broadsheet.search.engine.interface import Document, Kind
from broadsheet.search.newsroom.kinds import MODELS
from broadsheet.sections.models import Section
from broadsheet.stories.models import InformationPage, Series, Story
from broadsheet.stories.recorded_content import Content, text_content
from broadsheet.stories.recorded_text import WITH_PHOTOS, recorded_fields
from broadsheet.stories.taken_down import taken_down_among
from broadsheet.topics.models import Topic

AT_ONCE = 200
WITH_TEXT = (Story, InformationPage)
WITHOUT_A_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TEXTS = ("title", "kicker", "short_headline", "standfirst", "lead_photo_caption", "dateline_text", "language")
logger = logging.getLogger(__name__)


def newsroom_documents(kind: Kind, pks: Collection[int]) -> list[Document]:
    """Return the documents of those of these objects that there are."""
    return READERS[kind](pks)


def all_newsroom_documents() -> Iterator[Document]:
    """Yield everything that is to be in the newsroom's index."""
    for kind, model in MODELS.items():
        after = 0
        while pks := _next_pks(model, after):
            yield from newsroom_documents(kind, pks)
            after = pks[-1]


def _next_pks(model: type[Model], after: int) -> list[int]:
    rows = model._default_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return list(rows[:AT_ONCE])


def _pages(pks: Collection[int]) -> list[Document]:
    pages = list(BasePage.objects.filter(pk__in=pks).select_related("latest_revision").order_by("pk"))
    published = {
        page.pk: page for model in WITH_TEXT for page in model.objects.filter(pk__in=pks, latest_revision=None)
    }
    closed = taken_down_among(pks)  # their last versions keep the text, and nobody may find them by it
    contents = {page.pk: {} if page.pk in closed else _read(page, published.get(page.pk)) for page in pages}
    names = {
        "contributor": _names(Contributor, {row[0] for one in contents.values() for row in one.get("bylines", ())}),
        "topic": _names(Topic, {pk for one in contents.values() for pk in one.get("topics", ())}),
    }
    return [_page(page, contents[page.pk], names) for page in pages]


def _names(model: type[Model], pks: Collection[int]) -> dict[int, str]:
    return dict(model._default_manager.filter(pk__in=pks).values_list("pk", "name"))


def _read(page: BasePage, published: Story | InformationPage | None) -> Content:
    """Return what a page says, and nothing of one that cannot be read: it is found by its headline."""
    try:
        if page.latest_revision is not None:
            content = _of_draft(page.latest_revision.content)
        else:
            content = text_content(published) if published is not None else {}
        recorded_fields(content, {})
    except MALFORMED:
        logger.exception("The body of page %s cannot be read, and the newsroom does not find it by it", page.pk)
        return {}
    return content


def _of_draft(data: Mapping[str, Any]) -> Content:
    """Return the content of a draft as it is stored, in the form in which versions are recorded."""
    content: Content = {name: data.get(name) or "" for name in TEXTS}
    body = data.get("body") or "[]"
    content["body"] = json.loads(body) if isinstance(body, str) else body
    content["section_id"] = data.get("section")
    content["bylines"] = [[row["contributor"], row["role"], row["place"]] for row in data.get("bylines", ())]
    content["topics"] = [row["topic"] for row in data.get("story_topics", ())]
    return content


def _page(page: BasePage, content: Content, names: Mapping[str, Mapping[int, str]]) -> Document:
    fields = recorded_fields(content, {})
    people, topics = [row[0] for row in content.get("bylines", ())], content.get("topics", ())
    captions = [block.text for block in fields["body"] if block.kind in WITH_PHOTOS]
    return versioned(
        Document(
            kind=Kind.PAGE,
            pk=page.pk,
            language=content.get("language") or page.language,
            title=" ".join(filter(None, (content.get("kicker"), content.get("title") or page.draft_title))),
            standfirst=content.get("standfirst") or "",
            body="\n".join(block.text for block in fields["body"] if block.kind not in WITH_PHOTOS and block.text),
            photo_words="\n".join(filter(None, [*captions, content.get("lead_photo_caption")])),
            names=[
                *filter(None, (content.get("short_headline"), content.get("dateline_text"))),
                *(names["contributor"][pk] for pk in people if pk in names["contributor"]),
                *(names["topic"][pk] for pk in topics if pk in names["topic"]),
            ],
            section=content.get("section_id"),
            topics=topics,
            people=people,
            published_at=page.latest_revision_created_at or page.first_published_at or WITHOUT_A_DATE,
        )
    )


def _photos(pks: Collection[int]) -> list[Document]:
    photos = Photo.objects.filter(pk__in=pks).prefetch_related("tags").order_by("pk")  # type: ignore[misc] # taggit's
    return [
        _document(
            Kind.PHOTO,
            photo.pk,
            photo.title,
            names=[photo.photographer, photo.agency, photo.taken_place, *(tag.name for tag in photo.tags.all())],
            photo_words="\n".join(filter(None, (photo.caption, photo.credit, photo.alt_text))),
            published_at=photo.created_at,
        )
        for photo in photos
    ]


def _files(pks: Collection[int]) -> list[Document]:
    files = NewsroomDocument.objects.filter(pk__in=pks).prefetch_related("tags").order_by("pk")
    return [
        _document(Kind.FILE, one.pk, one.title, names=[one.filename, *(tag.name for tag in one.tags.all())])
        for one in files
    ]


def _topics(pks: Collection[int]) -> list[Document]:
    topics = Topic.objects.filter(pk__in=pks).prefetch_related("synonyms").order_by("pk")
    return [
        _document(
            Kind.TOPIC,
            topic.pk,
            topic.name,
            names=[topic.name, *(synonym.name for synonym in topic.synonyms.all()), topic.slug],
            body=text_of(topic.description),
        )
        for topic in topics
    ]


def _people(pks: Collection[int]) -> list[Document]:
    return [
        _document(
            Kind.PERSON,
            person.pk,
            person.name,
            names=[person.name, person.slug],
            standfirst=person.job_title,
            body=text_of(person.biography),
        )
        for person in Contributor.objects.filter(pk__in=pks).order_by("pk")
    ]


def _sections(pks: Collection[int]) -> list[Document]:
    sections = Section.objects.filter(pk__in=pks).order_by("pk")
    return [_document(Kind.SECTION, one.pk, one.name, names=[one.name, one.slug]) for one in sections]


def _series(pks: Collection[int]) -> list[Document]:
    series = Series.objects.filter(pk__in=pks).order_by("pk")
    return [
        _document(Kind.SERIES, one.pk, one.name, names=[one.name, one.slug], body=text_of(one.description))
        for one in series
    ]


def _document(kind: Kind, pk: int, title: str, *, names: Collection[str], **more: Any) -> Document:
    language = settings.LANGUAGE_CODE
    return versioned(Document(kind=kind, pk=pk, language=language, title=title, names=[*filter(None, names)], **more))


READERS: dict[Kind, Callable[[Collection[int]], list[Document]]] = {
    Kind.PAGE: _pages,
    Kind.PHOTO: _photos,
    Kind.FILE: _files,
    Kind.TOPIC: _topics,
    Kind.PERSON: _people,
    Kind.SECTION: _sections,
    Kind.SERIES: _series,
}
