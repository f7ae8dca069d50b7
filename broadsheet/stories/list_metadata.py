"""The heads of pages that list stories or stand by themselves: topics, contributors, months, information."""

from typing import Any

from django.utils.translation import gettext as _

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.kit.html import text_of
from broadsheet.masthead.head_metadata import HeadMetadata, PageHead, absolute, head_metadata
from broadsheet.masthead.models import Masthead
from broadsheet.masthead.structured_data import (
    breadcrumbs,
    news_organisation,
    publisher,
)
from broadsheet.pages.models import BasePage
from broadsheet.sections.models import Section
from broadsheet.stories.story_metadata import contributor_object, shared_picture, topic_object
from broadsheet.topics.models import Topic


def front_metadata(masthead: Masthead, *, language: str) -> HeadMetadata:
    """Return the head of the front page, which also says who the paper is."""
    page = PageHead(
        title=f"{masthead.name}: {masthead.tagline}" if masthead.tagline else masthead.name,
        description=masthead.description or masthead.tagline,
        path="/",
        language=language,
        picture=shared_picture(masthead.social_photo),
        structured_data=[
            news_organisation(masthead),
            {
                "@type": "WebSite",
                "url": absolute("/"),
                "name": masthead.name,
                "inLanguage": language,
                "publisher": {"@id": absolute("/#paper")},
                "isAccessibleForFree": True,
            },
        ],
    )
    return head_metadata(masthead, page)


def section_metadata(section: Section, masthead: Masthead, *, language: str, cursor: str = "") -> HeadMetadata:
    """Return the head of a section's front, or of one of its older pages."""
    return _collection(
        masthead,
        section.name,
        section.description,
        section.get_absolute_url(),
        language=language,
        cursor=cursor,
    )


def topic_metadata(topic: Topic, masthead: Masthead, *, language: str, cursor: str = "") -> HeadMetadata:
    """Return the head of a topic's page."""
    description = text_of(topic.description) or _("All stories about %(topic)s.") % {"topic": topic.name}
    picture = shared_picture(topic.photo)
    return _collection(
        masthead,
        topic.name,
        description,
        topic.get_absolute_url(),
        language=language,
        cursor=cursor,
        picture=picture,
        about=topic_object(topic),
    )


def contributor_metadata(
    contributor: Contributor, masthead: Masthead, *, language: str, cursor: str = ""
) -> HeadMetadata:
    """Return the head of a contributor's page, with the contributor as a person or organisation."""
    description = text_of(contributor.biography) or _("All stories by %(name)s.") % {"name": contributor.name}
    person = contributor_object(contributor) | {
        "description": text_of(contributor.biography),
        "email": contributor.email,
        "sameAs": [contributor.website] if contributor.website else [],
        "knowsAbout": _split(contributor.expertise),
    }
    if contributor.kind == ContributorKind.PERSON:
        person["knowsLanguage"] = _split(contributor.languages)
        person["worksFor"] = publisher(masthead) if contributor.is_current else None
    return _collection(
        masthead,
        contributor.name,
        description,
        contributor.get_absolute_url(),
        language=language,
        cursor=cursor,
        page_type="profile" if contributor.kind == ContributorKind.PERSON else "website",
        picture=shared_picture(contributor.portrait),
        about={name: value for name, value in person.items() if value},
    )


def page_metadata(page: BasePage, masthead: Masthead, *, title: str = "", description: str = "") -> HeadMetadata:
    """Return the head of a year, a month or an information page."""
    return _collection(
        masthead,
        page.seo_title or title or page.title,
        page.search_description or page.standfirst or description,
        page.url or "/",
        language=page.language,
        schema_type="WebPage",
    )


def _collection(
    masthead: Masthead,
    name: str,
    description: str,
    path: str,
    *,
    language: str,
    schema_type: str = "CollectionPage",
    cursor: str = "",
    about: dict[str, Any] | None = None,
    **more: Any,
) -> HeadMetadata:
    address = f"{path}?before={cursor}" if cursor else path
    page: dict[str, Any] = {
        "@type": schema_type,
        "url": absolute(address),
        "name": name,
        "description": description,
        "inLanguage": language,
        "about": about,
        "isPartOf": {"@type": "WebSite", "url": absolute("/"), "name": masthead.name},
        "publisher": publisher(masthead),
        "isAccessibleForFree": True,
    }
    head = PageHead(
        title=name,
        description=description,
        path=address,
        language=language,
        structured_data=[
            {key: value for key, value in page.items() if value},
            breadcrumbs([(masthead.name, "/"), (name, path)]),
        ],
        **more,
    )
    return head_metadata(masthead, head)


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
