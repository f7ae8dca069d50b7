"""Atom 1.0 (RFC 4287) with the whole text and pictures."""

import datetime as dt
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from broadsheet.feeds.channel import Channel
from broadsheet.feeds.entries import Entry
from broadsheet.feeds.rss import MEDIA, add_picture

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class PaperAtom(Atom1Feed):
    """Django's feed with what it leaves out, and without the present moment."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(
            title=channel.title,
            link=channel.url,
            description=None,
            subtitle=channel.description,
            language=channel.language,
            author_name=channel.publisher,
            feed_url=channel.feed_url,
            feed_guid=channel.feed_url,
        )
        self.channel = channel
        for entry in channel.entries:
            self.add_item(
                title=entry.title,
                link=entry.url,
                description=None,  # type: ignore[arg-type] # the summary is written below, as text
                pubdate=entry.published_at,
                updateddate=entry.updated_at,
                unique_id=entry.id,
                categories=entry.categories,
                entry=entry,
            )

    def latest_post_date(self) -> dt.datetime:
        """Return when anything in it last changed; Django's would say of an empty one: now."""
        return self.channel.updated_at

    def root_attributes(self) -> dict[str, str]:
        """Name the namespace of pictures once for all entries."""
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Name the language of a story that has another than the paper."""
        language = item["entry"].language
        return {} if language == self.channel.language else {"xml:lang": language}

    def add_root_elements(self, handler: Any) -> None:
        """Name the hub that tells when the feed changes."""
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "hub", "href": self.channel.hub_url})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add authors, the standfirst, the whole text and pictures."""
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for name, url in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", url)
            handler.endElement("author")
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})
        for picture in entry.pictures:
            add_picture(handler, picture)


def atom(channel: Channel) -> str:
    """Return a feed as Atom."""
    text: str = PaperAtom(channel).writeString("utf-8")
    return text
