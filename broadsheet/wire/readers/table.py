"""Tables of items: CSV and TSV whose first line names the columns, as results, weather and small agencies send them.

Columns are known by their names: a headline (`headline` or `title`) and a text (`text`, `body` or `article`) must be
there; `id` or `url`, `date`, `byline`, `dateline`, `language`, `urgency` and `embargo` may be.
"""

import csv
import io
from collections.abc import Mapping

from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ReadDocument, ReadItem, Refusal, WireRefused
from broadsheet.wire.readers.moments import embargo, moment
from broadsheet.wire.readers.texts import line, paragraphs, urgency, web_address

MOST_ROWS = 1_000
NAMES = {
    "headline": ("headline", "title"),
    "text": ("text", "body", "article"),
    "guid": ("id", "guid", "url", "link"),
    "link": ("url", "link"),
    "sent_at": ("date", "published", "updated"),
    "byline": ("byline", "author"),
    "dateline": ("dateline",),
    "language": ("language",),
    "urgency": ("urgency",),
    "embargo": ("embargo", "embargoed"),
}
"""What a column means -> the names by which it goes."""


def read_table(data: bytes) -> ReadDocument:
    """Read a table. Raises WireRefused when it is no text in UTF-8, or its columns do not say what they are."""
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WireRefused(_("The table is not in UTF-8. Ask for it in that.")) from error
    first_line = written.partition("\n")[0]
    delimiter = max("\t;,", key=first_line.count)
    rows = csv.DictReader(io.StringIO(written), delimiter=delimiter, strict=False)
    try:
        columns = {name.strip().casefold(): name for name in rows.fieldnames or [] if name}
        found = {meaning: _column(names, columns) for meaning, names in NAMES.items()}
        if not found["headline"] or not found["text"]:
            raise WireRefused(_("The table’s first line names no column for the headline and one for the text."))
        return _read_rows(rows, found)
    except csv.Error as error:
        raise WireRefused(_("The table cannot be read: %(error)s.") % {"error": error}) from error


def _column(names: tuple[str, ...], columns: Mapping[str, str]) -> str:
    return next((columns[name] for name in names if name in columns), "")


def _read_rows(rows: "csv.DictReader[str]", columns: Mapping[str, str]) -> ReadDocument:
    read = ReadDocument(format="table")
    for row in rows:
        values = {meaning: row.get(name) or "" for meaning, name in columns.items()}
        if len(read.items) >= MOST_ROWS:
            sentence = _("The table has more than the %(n)d rows that we read at once.") % {"n": MOST_ROWS}
            read.refusals.append(Refusal(_("The rest"), sentence))
            break
        if not values["headline"].strip() or not values["text"].strip():
            named = _("Line %(n)d") % {"n": rows.line_num}
            read.refusals.append(Refusal(named, _("It has no headline, or no text.")))
            continue
        read.items.append(_item(values))
    return read


def _item(values: Mapping[str, str]) -> ReadItem:
    return ReadItem(
        guid=line(values["guid"], most=1_000) or line(values["headline"]),
        headline=line(values["headline"]),
        html=paragraphs(values["text"]),
        sent_at=moment(values["sent_at"]),
        byline=line(values["byline"]),
        dateline=line(values["dateline"], most=100),
        language=line(values["language"], most=35),
        urgency=urgency(values["urgency"]),
        embargoed_until=embargo(values["embargo"]) if values["embargo"].strip() else None,
        link=web_address(values["link"]),
    )
