"""Template tags of the story page."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from broadsheet.stories.record_labels import KIND_LABELS, LABELS

register = template.Library()

FIRST_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>")


@register.simple_tag
def body(blocks: Any, dateline: str = "") -> SafeString:
    """Return the HTML of a body, each block on a line of its own, with the dateline before its first paragraph's words.

    Paragraphs, of which there are many, are written here; what their template would add is nothing.
    """
    html = []
    for block in blocks or ():
        if block.block_type == "paragraph":
            html.append(after_dateline(expand_db_html(block.value.source), dateline))
            dateline = ""
        else:
            html.append(block.render_as_block())
    return mark_safe("\n".join(html))  # noqa: S308 - rich text, cleaned when it was saved, and what templates escaped


@register.filter
def after_dateline(text: Any, dateline: str) -> SafeString:
    """Return a paragraph's HTML with the dateline and a dash before its first word; unchanged without a dateline.

    The dateline goes inside the paragraph's own element, so that eyes, ears and feeds meet one sentence.
    """
    html = str(text)
    if not dateline:
        return mark_safe(html)  # noqa: S308 - rich text, cleaned when it was saved
    lead_in = format_html('<span class="dateline">{}</span> — ', dateline)
    opening = FIRST_PARAGRAPH.match(html)
    at = opening.end() if opening else 0
    return mark_safe(html[:at] + lead_in + html[at:])  # noqa: S308 - as above, and `lead_in` is escaped


@register.filter
def record_label(name: str) -> str:
    """Return what readers are told by a name of the record: of a field or of a change; nothing for others."""
    return str(LABELS.get(name, ""))


@register.filter
def passage_label(kind: str) -> str:
    """Return what a passage is called that is not plain text of its field; nothing for one that is."""
    return str(KIND_LABELS.get(kind, ""))
