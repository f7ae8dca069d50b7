"""Template tags of the story page."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FIRST_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>")


@register.simple_tag
def opening_paragraph(body: Any) -> Any:
    """Return the first paragraph block of a story's body, before whose words the dateline stands; None without one."""
    return next((block for block in body or () if block.block_type == "paragraph"), None)


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
