"""RSS 2.0 with the whole text (content:encoded), authors (dc:creator) and pictures (Media RSS 1.5.1)."""

import datetime as dt
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed

from broadsheet.feeds.channel import Channel
from broadsheet.feeds.entries import Entry, EntryPicture

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
MEDIA = "http://search.yahoo.com/mrss/"
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": MEDIA,
}


class PaperRss(Rss201rev2Feed):
    """Django's feed with what it leaves out, and without the present moment."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(
            title=channel.title,
            link=channel.url,
            description=channel.description,
            language=channel.language,
            feed_url=channel.feed_url,
        )
        self.channel = channel
        for entry in channel.entries:
            self.add_item(
                title=entry.title,
                link=entry.url,
                description=entry.summary or None,  # type: ignore[arg-type] # left out then
                pubdate=entry.published_at,
                updateddate=entry.updated_at,
                unique_id=entry.id,
                unique_id_is_permalink=False,
                categories=entry.categories,
                entry=entry,
            )

    def latest_post_date(self) -> dt.datetime:
        """Return when anything in it last changed; Django's would say of an empty one: now."""
        return self.channel.updated_at

    def rss_attributes(self) -> dict[str, str]:
        """Name the namespaces once for all items."""
        return {**super().rss_attributes(), **NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        """Name the hub that tells when the feed changes."""
        super().add_root_elements(handler)
        handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.channel.hub_url})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add authors, the whole text and pictures."""
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for name, _ in entry.authors:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", entry.html)
        for picture in entry.pictures:
            add_picture(handler, picture)


def add_picture(handler: Any, picture: EntryPicture) -> None:
    """Write a picture with its words, credit and licence, as Media RSS has them. Its alternative text, where it has
    one, describes it; the caption is its title."""
    size = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", {"url": picture.url, "type": "image/jpeg", "medium": "image", **size})
    if picture.caption:
        handler.addQuickElement("media:title", picture.caption, {"type": "plain"})
    if picture.alt:
        handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit, {"role": "photographer", "scheme": "urn:ebu"})
    if picture.licence_url:
        handler.addQuickElement("media:license", "", {"type": "text/html", "href": picture.licence_url})
    handler.endElement("media:content")


def rss(channel: Channel) -> str:
    """Return a feed as RSS."""
    text: str = PaperRss(channel).writeString("utf-8")
    return text
