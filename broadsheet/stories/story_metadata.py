"""A story's head: description, cards for shared links, and its structured data."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.kit.html import text_of
from broadsheet.kit.media_topics import media_topic_address
from broadsheet.kit.text import count_words
from broadsheet.masthead.head_metadata import (
    HeadMetadata,
    PageHead,
    SharedPicture,
    absolute,
    head_metadata,
    moment_text,
    shortened,
)
from broadsheet.masthead.models import Masthead
from broadsheet.masthead.structured_data import breadcrumbs, publisher
from broadsheet.pages.models import WorkType
from broadsheet.photos.models import Photo
from broadsheet.photos.structured_data import article_images, image_object, social_image
from broadsheet.stories.attachments import Byline, BylineRole
from broadsheet.stories.body_text import body_text
from broadsheet.topics.models import Topic, TopicKind

if TYPE_CHECKING:
    from broadsheet.stories.models.story import Story
    from broadsheet.stories.notes import Note
    from broadsheet.stories.series_selectors import PlaceInSeries

ARTICLE_TYPES = {
    WorkType.NEWS: "ReportageNewsArticle",
    WorkType.ANALYSIS: "AnalysisNewsArticle",
    WorkType.OPINION: "OpinionNewsArticle",
    WorkType.EXPLAINER: "BackgroundNewsArticle",
    WorkType.REVIEW: "ReviewNewsArticle",
    WorkType.SPONSORED: "AdvertiserContentArticle",
}
"""Type of work -> schema.org's subtype of NewsArticle (of Article for what is sponsored)."""
HEADLINE_LENGTH = 110
"""Google's limit for `headline`, in characters."""
AUTHOR_ROLES = {BylineRole.BY, BylineRole.WITH, BylineRole.REPORTING}
TOPIC_TYPES = {
    TopicKind.PERSON: "Person",
    TopicKind.PLACE: "Place",
    TopicKind.ORGANISATION: "Organization",
}
"""Kind of topic -> its type at schema.org; a subject is a Thing."""


def story_metadata(
    story: "Story",
    masthead: Masthead,
    *,
    bylines: Sequence[Byline],
    topics: Sequence[Topic],
    place: "PlaceInSeries | None",
    updated_at: dt.datetime | None,
    notes: "Sequence[Note]",
) -> HeadMetadata:
    """Return the head of a story's page; what an editor wrote for search or sharing wins over the text.

    `updated_at` and `notes` are what the record says of the story (`record_selectors.record_of`).
    """
    text = body_text(story.body)
    picture = story.social_photo or story.lead_photo or masthead.social_photo
    description = story.search_description or story.standfirst or text
    modified_at = updated_at or story.first_published_at
    summary = shortened(description)
    article = _article(
        story, masthead, bylines, topics, text=text, description=summary, modified_at=modified_at, notes=notes
    )
    if place is not None:
        article |= part_of_series(place)
    page = PageHead(
        title=story.social_title or story.title,
        description=story.social_description or description,
        path=story.url or "",
        language=story.language,
        page_type="article",
        picture=shared_picture(picture),
        canonical_url=story.canonical_url,
        more_properties=_article_properties(story, bylines, topics, modified_at),
        more_names=_fediverse_creators(bylines),
        structured_data=[article, breadcrumbs(_trail(story, masthead))],
    )
    return head_metadata(masthead, page)


def shared_picture(photo: Photo | None) -> SharedPicture | None:
    """Return a photo as the picture of a shared link."""
    if photo is None or photo.is_withheld():
        return None
    rendition = social_image(photo)
    return SharedPicture(rendition.url, rendition.width, rendition.height, photo.default_alt_text)


def _article_properties(
    story: "Story", bylines: Sequence[Byline], topics: Sequence[Topic], modified_at: dt.datetime | None
) -> list[tuple[str, str]]:
    properties = []
    if story.first_published_at and modified_at:
        properties.append(("article:published_time", moment_text(story.first_published_at)))
        properties.append(("article:modified_time", moment_text(modified_at)))
    properties += [("article:author", absolute(b.contributor.get_absolute_url())) for b in _authors(bylines)]
    if story.section:
        properties.append(("article:section", story.section.name))
    return properties + [("article:tag", topic.name) for topic in topics]


def _fediverse_creators(bylines: Sequence[Byline]) -> list[tuple[str, str]]:
    return [("fediverse:creator", b.contributor.fediverse) for b in _authors(bylines) if b.contributor.fediverse]


def _authors(bylines: Sequence[Byline]) -> list[Byline]:
    return [byline for byline in bylines if byline.role in AUTHOR_ROLES]


def _article(
    story: "Story",
    masthead: Masthead,
    bylines: Sequence[Byline],
    topics: Sequence[Topic],
    *,
    text: str,
    description: str,
    modified_at: dt.datetime | None,
    notes: "Sequence[Note]",
) -> dict[str, Any]:
    published_at = story.first_published_at
    address = absolute(story.url or "")
    article = {
        "@type": ["NewsArticle", ARTICLE_TYPES[WorkType(story.work_type)]],
        "@id": f"{address}#story",
        "mainEntityOfPage": address,
        "url": address,
        "headline": shortened(story.title, length=HEADLINE_LENGTH),
        "description": description,
        "image": _images(story.lead_photo, caption=story.lead_photo_caption),
        "datePublished": moment_text(published_at) if published_at else "",
        "dateModified": moment_text(modified_at) if published_at and modified_at else "",
        "author": [contributor_object(byline.contributor) for byline in _authors(bylines)],
        "publisher": publisher(masthead),
        "articleSection": story.section.name if story.section else "",
        "keywords": [topic.name for topic in topics],
        "about": [topic_object(topic) for topic in topics],
        "inLanguage": story.language,
        "wordCount": count_words(text),
        "dateline": story.dateline,
        "correction": [*map(correction_comment, notes), *_imported_corrections(story)],
        "isAccessibleForFree": True,
    }
    if story.work_type == WorkType.SPONSORED:
        article["@type"] = ARTICLE_TYPES[WorkType.SPONSORED]
    return {name: value for name, value in article.items() if value}


def part_of_series(place: "PlaceInSeries") -> dict[str, Any]:
    """Return what schema.org says of a part of a series."""
    series = place.shown.series
    whole = {"@type": "CreativeWorkSeries", "name": series.name, "url": absolute(series.get_absolute_url())}
    return {"isPartOf": whole, "position": place.number}


def topic_object(topic: Topic) -> dict[str, Any]:
    """Return a topic as schema.org has it, with the address by which the trade knows it, if it has one."""
    thing = {
        "@type": TOPIC_TYPES.get(TopicKind(topic.kind), "Thing"),
        "name": topic.name,
        "url": absolute(topic.get_absolute_url()),
    }
    return thing | ({"sameAs": media_topic_address(topic.media_topic)} if topic.media_topic else {})


def _images(photo: Photo | None, *, caption: str) -> list[Any]:
    if photo is None or photo.is_withheld():
        return []
    return [image_object(photo, absolute(""), caption=caption), *article_images(photo, absolute(""))]


def correction_comment(note: "Note") -> dict[str, Any]:
    """Return a note to readers as schema.org's CorrectionComment."""
    return {"@type": "CorrectionComment", "text": note.shown_text, "datePublished": moment_text(note.at)}


def _imported_corrections(story: "Story") -> list[dict[str, Any]]:
    """Return the notes that stand in the text itself, as they came with an imported archive."""
    notes = [block.value for block in story.body if block.block_type == "correction_note"]
    return [
        {
            "@type": "CorrectionComment",
            "text": " ".join(text_of(note["text"].source).split()),
            "datePublished": note["corrected_on"].isoformat(),
        }
        for note in notes
    ]


def contributor_object(contributor: Contributor) -> dict[str, Any]:
    """Return a contributor as schema.org's Person or Organization."""
    described = {
        "@type": "Person" if contributor.kind == ContributorKind.PERSON else "Organization",
        "name": contributor.name,
        "url": absolute(contributor.get_absolute_url()),
    }
    if contributor.kind == ContributorKind.PERSON and contributor.job_title:
        described["jobTitle"] = contributor.job_title
    return described


def _trail(story: "Story", masthead: Masthead) -> list[tuple[str, str]]:
    trail = [(masthead.name, "/")]
    if story.section:
        trail.append((story.section.name, story.section.get_absolute_url()))
    return [*trail, (story.title or _("Story"), story.url or "/")]
