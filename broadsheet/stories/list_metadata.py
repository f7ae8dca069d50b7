"""The heads of pages that list stories or stand by themselves: topics, contributors, months, information."""

from collections.abc import Sequence
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
from broadsheet.stories.series import Series
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


def topic_metadata(
    topic: Topic, masthead: Masthead, *, language: str, cursor: str = "", month: str = "", below: str = ""
) -> HeadMetadata:
    """Return the head of a topic's page, or of that of one `month` in words, which stands at `below` under it."""
    description = text_of(topic.description) or _("All stories about %(topic)s.") % {"topic": topic.name}
    name = topic.name
    parents = [topic.parent] if topic.parent else []
    if month:
        name = _("%(topic)s in %(month)s") % {"topic": topic.name, "month": month}
        description = _("All stories about %(topic)s of %(month)s.") % {"topic": topic.name, "month": month}
        parents.append(topic)
    return _collection(
        masthead,
        name,
        description,
        f"{topic.get_absolute_url()}{below}",
        language=language,
        cursor=cursor,
        picture=shared_picture(topic.photo),
        about=topic_object(topic),
        parents=[(one.name, one.get_absolute_url()) for one in parents],
    )


def series_metadata(series: Series, masthead: Masthead, *, language: str) -> HeadMetadata:
    """Return the head of a series' page."""
    return _collection(
        masthead,
        series.name,
        text_of(series.description) or _("All parts of the series %(name)s.") % {"name": series.name},
        series.get_absolute_url(),
        language=language,
        picture=shared_picture(series.photo),
        about={
            "@type": "CreativeWorkSeries",
            "name": series.name,
            "url": absolute(series.get_absolute_url()),
        },
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
    parents: Sequence[tuple[str, str]] = (),
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
            breadcrumbs([(masthead.name, "/"), *parents, (name, path)]),
        ],
        **more,
    )
    return head_metadata(masthead, head)


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
