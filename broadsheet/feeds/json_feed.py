"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from broadsheet.feeds.channel import Channel
from broadsheet.feeds.entries import Entry
from broadsheet.masthead.head_metadata import moment_text

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel) -> str:
    """Return a feed as JSON."""
    document = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "language": channel.language,
        "authors": [{"name": channel.publisher}],
        "hubs": [{"type": "WebSub", "url": channel.hub_url}],
        "items": [_item(entry) for entry in channel.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": moment_text(entry.published_at),
        "date_modified": moment_text(entry.updated_at),
        "authors": [{"name": name, "url": url} for name, url in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
        "image": entry.pictures[0].url if entry.pictures else "",
    }
    return {name: value for name, value in item.items() if value or name == "content_html"}
