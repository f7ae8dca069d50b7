"""How much of one document is taken in, whatever format it has: agencies err, and who delivers may be hostile."""

import json
from dataclasses import replace

from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ReadDocument, ReadItem, Refusal

MOST_ITEMS = 1_000
MOST_CHARACTERS = 500_000
"""Of one item with everything that is said of it; a novel has as many."""


def within_limits(document: ReadDocument) -> ReadDocument:
    """Return a document without what is too much of it, which it names among its refusals."""
    items, rest = document.items[:MOST_ITEMS], len(document.items) - MOST_ITEMS
    bounded = ReadDocument(format=document.format, refusals=document.refusals)
    for item in items:
        if len(json.dumps(item.as_json(), ensure_ascii=False)) <= MOST_CHARACTERS:
            bounded.items.append(item)
            continue
        words = _("It has more than the %(n)d characters that we read of one item.") % {"n": MOST_CHARACTERS}
        bounded.refusals.append(Refusal(item.headline[:100] or item.guid[:100], words))
        if item.status != "usable" or item.signal == "kill":
            bounded.items.append(_bare(item))
    if rest > 0:
        words = _("%(n)d entries more than we read at once.") % {"n": rest}
        bounded.refusals.append(Refusal(_("The rest"), words))
    return bounded


def _bare(item: ReadItem) -> ReadItem:
    """Return what counts of a kill: it holds, however much is said with it."""
    return replace(
        item, html="", summary="", note_to_editors="", usage_terms="", subjects=(), places=(), members=(), photos=()
    )
