"""What agencies send, for tests: written as they write it."""

import datetime as dt
import json
from typing import Any

from broadsheet.wire.models import SourceKind, WireItem, WireSource
from broadsheet.wire.read_item import ReadItem
from broadsheet.wire.take_in import take_in

TEXT = (
    "The ferry between Eastmere and the islands sails again from Monday, the harbour master said, after divers had "
    "freed its screws of nets. Two thousand islanders had been cut off for nine days; the navy had brought bread and "
    "medicine. An inquiry into who left the nets in the fairway begins next week."
)


def make_source(name: str = "AFP English", **fields: Any) -> WireSource:
    values = {"credit": "AFP", "kind": SourceKind.URL, "address": "https://feeds.example/afp", **fields}
    made: WireSource = WireSource.objects.create(name=name, **values)
    return made


def sent(guid: str = "urn:afp:1", headline: str = "Ferry to the islands sails again", **fields: Any) -> ReadItem:
    return ReadItem(guid=guid, headline=headline, **{"html": f"<p>{TEXT}</p>", "language": "en", **fields})


def arrived(source: WireSource, read: ReadItem) -> WireItem:
    take_in(source=source, items=[read])
    found: WireItem = WireItem.objects.get(source=source, guid=read.guid)
    return found


def rss(*entries: str) -> bytes:
    items = "".join(entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>AFP</title>{items}</channel></rss>'.encode()


def rss_item(guid: str, title: str, text: str = TEXT) -> str:
    return f"<item><guid>{guid}</guid><title>{title}</title><description>{text}</description></item>"


def ninjs(**fields: Any) -> bytes:
    return json.dumps({"uri": "urn:tt:1", "headline": "Ferry sails again", "body_text": TEXT, **fields}).encode()


def newsml(
    body: str = "<p>Text.</p>", *, meta: str = "", content: str = "", guid: str = "urn:dpa:1", version: int = 1
) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" xml:lang="de">
<itemMeta><itemClass qcode="ninat:text"/><provider><name>dpa</name></provider>
<versionCreated>2026-01-23T14:10:47+01:00</versionCreated>{meta}</itemMeta>
<contentMeta><headline>Die Fähre fährt wieder</headline>{content}</contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML></contentSet></newsItem>""".encode()


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
