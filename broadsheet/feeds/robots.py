"""robots.txt (RFC 9309): who may read the paper, and where the sitemaps are."""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from broadsheet.feeds.crawlers import refused_by
from broadsheet.masthead.head_metadata import absolute

if TYPE_CHECKING:
    from broadsheet.feeds.models import CrawlerPolicy

FIELDS = "user-agent|allow|disallow|crawl-delay|sitemap|content-signal"
RULE = re.compile(rf"\s*(?:#.*|(?:{FIELDS})\s*:[^\r\n]*)?", re.IGNORECASE)
PRIVATE = ("/newsroom/",)
"""Where nothing is that a reader should find."""


def check_rules(text: str) -> None:
    """Raise ValidationError for a line that crawlers would not understand, and for one that names nobody."""
    is_about_somebody = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not RULE.fullmatch(line):
            raise ValidationError(_("Line %(number)d is no rule of robots.txt."), params={"number": number})
        name = line.split(":")[0].strip().lower()
        is_about_somebody |= name == "user-agent"
        if name in {"allow", "disallow"} and not is_about_somebody:
            problem = _("Line %(number)d does not say for whom: begin with “User-agent:”.")
            raise ValidationError(problem, params={"number": number})


def robots_txt(policy: "CrawlerPolicy") -> str:
    """Return the file. Whoever has rules of its own reads none of those for everybody, so each group is whole."""
    closed = [f"Disallow: {path}" for path in PRIVATE]
    groups = [["User-agent: *", *closed, "Allow: /"]]
    refused = refused_by(policy.ai_policy)
    if refused:
        groups.append([*(f"User-agent: {name}" for name in refused), "Disallow: /"])
    if policy.more_rules.strip():
        groups.append([line.strip() for line in policy.more_rules.strip().splitlines()])
    groups.append([f"Sitemap: {absolute(path)}" for path in ("/sitemap.xml", "/news-sitemap.xml")])
    return "\n\n".join("\n".join(lines) for lines in groups) + "\n"
