"""A story that uses everything a story may hold, for tests of its page."""

import datetime as dt
from typing import Any

from wagtail.rich_text import RichText

from broadsheet.bylines.models import ContributorKind
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.attachments import Byline, BylineRole
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import TopicKind
from broadsheet.topics.tests.factories import TopicFactory

PUBLISHED_AT = dt.datetime(2016, 10, 19, 18, 5, tzinfo=dt.UTC)
UPDATED_AT = dt.datetime(2016, 10, 20, 7, 30, tzinfo=dt.UTC)


def every_block(*, photo: Photo, related: Story) -> list[tuple[str, Any]]:
    """Return a body with a block of every kind."""
    table = {
        "data": [["Year", "Metres"], ["1967", "5.02"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "Highest water",
    }
    pictures = [{"photo": photo, "caption": "The gauge at dawn."}, {"photo": photo, "caption": "The gauge at dusk."}]
    return [
        ("paragraph", RichText("<p>The river stopped a hand’s breadth below the wall.</p><p>Nobody cheered.</p>")),
        ("heading", {"text": "Six hours", "level": "2"}),
        ("photo", {"photo": photo, "caption": "Sandbags at the fish market.", "width": "wide"}),
        ("gallery", {"title": "The morning after", "photos": pictures}),
        ("pull_quote", {"text": "You can hear it.", "attribution": "Lurdes Pinto"}),
        (
            "quote",
            {"text": RichText("<p>Not a spillway.</p>"), "attribution": "Claim", "source_url": "https://example.org/"},
        ),
        ("list", {"items": [RichText("<p>Who rang?</p>"), RichText("<p>When?</p>")], "is_numbered": True}),
        ("fact_box", {"title": "The wall", "text": RichText("<p>Begun in 2015.</p>")}),
        ("table", table),
        ("embed", {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "The night in four minutes"}),
        ("related_story", related),
        ("heading", {"text": "The meadows", "level": "3"}),
        ("correction_note", {"corrected_on": dt.date(2016, 10, 20), "text": RichText("<p>It is 4.40 metres.</p>")}),
        ("preformatted", {"text": "gauge  4.31\n", "language": ""}),
        ("unrecognised", {"source": "{{< chart 7 >}}", "reason": "unknown shortcode"}),
        ("html", "<p>Set by a trusted hand.</p>"),
        ("paragraph", RichText("<p>The meadows are a lake.</p>")),
    ]


def make_long_story(**fields: Any) -> Story:
    """Make a published story with three people, an agency, a dateline, topics, photos and every kind of block."""
    place: Any = TopicFactory(name="Mosul", kind=TopicKind.PLACE)
    lead_photo = PhotoFactory(
        caption="An Iraqi howitzer fires towards the village of Tall al-Tibah.",
        alt_text="A gun on tracks, half hidden by dust, in a brown plain.",
        credit="AFP PHOTO/AHMAD AL-RUBAYE",
    )
    other = make_story(headline="Eleven years of argument", published_at=PUBLISHED_AT - dt.timedelta(days=9))
    for days in range(1, 8):
        earlier = PUBLISHED_AT - dt.timedelta(days=days)
        make_story(headline=f"Day {8 - days} before Mosul", published_at=earlier, topics=[place])
    body = every_block(photo=PhotoFactory(caption="", alt_text="A gauge in brown water.", credit=""), related=other)
    defaults: dict[str, Any] = {
        "headline": "US general claims IS leaders ‘abandoning’ Mosul",
        "slug": "general-claims",
        "standfirst": "3,500-5,000 fighters are dug in, while thousands of Iraqi forces move to retake the city",
        "section": SectionFactory(name="World"),
        "kicker": "Battle for Mosul",
        "dateline_text": "WASHINGTON",
        "lead_photo": lead_photo,
        "published_at": PUBLISHED_AT,
        "updated_at": UPDATED_AT,
        "body": body,
        "topics": [place],
    }
    story = make_story(**(defaults | fields))
    add_bylines(story)
    return story


def add_bylines(story: Story) -> None:
    """Sign the story: by Ada Reyes and Ben Okoro, with Cyd Marsh in Jerusalem; AFP."""
    signed: list[tuple[str, str, BylineRole, str]] = [
        ("Ada Reyes", ContributorKind.PERSON, BylineRole.BY, ""),
        ("AFP", ContributorKind.AGENCY, BylineRole.BY, ""),
        ("Ben Okoro", ContributorKind.PERSON, BylineRole.BY, ""),
        ("Cyd Marsh", ContributorKind.PERSON, BylineRole.WITH, "in Jerusalem"),
    ]
    for order, (name, kind, role, place) in enumerate(signed):
        contributor = ContributorFactory(name=name, kind=kind)
        Byline.objects.create(story=story, contributor=contributor, role=role, place=place, sort_order=order)
