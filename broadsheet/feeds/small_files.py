"""security.txt, trust.txt and ads.txt: whom to write to, whom to trust, who may sell."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.feeds.crawlers import AiPolicy
from broadsheet.feeds.line_checks import lines_of
from broadsheet.feeds.models import CrawlerPolicy, SmallFiles
from broadsheet.kit import clock, rendering
from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.models import Masthead

SECURITY_PATH = "/.well-known/security.txt"
GOOD_FOR_MONTHS = 6
NO_SELLER = "placeholder.example.com, placeholder, DIRECT, placeholder"
"""By which a paper without advertising says that nobody may sell any (IAB ads.txt 1.1, 3.2.1)."""


def security_txt() -> str:
    """Return the file of RFC 9116, or nothing where nobody is named to whom reports may go.

    It is good until half a year after the present month, and made anew every month: that of a paper that nobody looks
    after any more expires, as the RFC wants it.
    """
    files = SmallFiles.in_force()
    contacts = lines_of(files.security_contacts)
    if not contacts:
        return ""
    told = [f"Contact: {contact}" for contact in contacts]
    told.append(f"Expires: {_expiry():%Y-%m-%dT%H:%M:%SZ}")
    if files.security_key_url:
        told.append(f"Encryption: {files.security_key_url}")
    if files.security_policy_url:
        told.append(f"Policy: {files.security_policy_url}")
    told.append(f"Preferred-Languages: {settings.LANGUAGE_CODE}")
    if settings.SERVES_TLS:  # an address without it may not stand there (RFC 9116, 2.5.2)
        told.append(f"Canonical: {absolute(SECURITY_PATH)}")
    return _file(told)


def trust_txt(paper: Masthead) -> str:
    """Return the file by which papers and their associations name each other (https://journallist.net/)."""
    told = [f"social={address}" for address in paper.profile_list()]
    pages = {"disclosure": paper.ownership_page, "contact": paper.contact_page}
    told += [f"{name}={absolute(page.url)}" for name, page in pages.items() if page and page.live and page.url]
    if paper.contact_email and "contact" not in {line.partition("=")[0] for line in told}:
        told.append(f"contact=mailto:{paper.contact_email}")
    may_train = CrawlerPolicy.in_force().ai_policy == AiPolicy.ALL
    told.append(f"datatrainingallowed={'yes' if may_train else 'no'}")
    return _file([*lines_of(SmallFiles.in_force().trust_lines), *told])


def ads_txt(paper: Masthead) -> str:
    """Return the file that says who may sell the paper's advertising space (IAB ads.txt 1.1)."""
    sellers = lines_of(SmallFiles.in_force().ads_lines) or [NO_SELLER]
    owner = f"OWNERDOMAIN={urlsplit(settings.SITE_URL).hostname}"
    has_owner = any(line.upper().startswith("OWNERDOMAIN") for line in sellers)
    contact = [f"CONTACT={paper.contact_email}"] if paper.contact_email else []
    return _file([*sellers, *([] if has_owner else [owner]), *contact])


def _expiry() -> dt.datetime:
    """Return when security.txt stops being good, in UTC; the file holds until the month ends."""
    now = clock.now_until_renewed().astimezone(dt.UTC)
    rendering.renew_at(_month_after(now, 1))
    return _month_after(now, GOOD_FOR_MONTHS + 1)


def _month_after(moment: dt.datetime, months: int) -> dt.datetime:
    count = moment.year * 12 + moment.month - 1 + months
    return dt.datetime(count // 12, count % 12 + 1, 1, tzinfo=dt.UTC)


def _file(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
