"""schema.org objects that many pages share: the paper itself, and the trail to where the reader is."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from wagtail.models import AbstractPage

from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.models import Masthead

POLICY_PROPERTIES = {
    "publishingPrinciples": "ethics_page",
    "ethicsPolicy": "ethics_page",
    "correctionsPolicy": "corrections_page",
    "masthead": "staff_page",
    "ownershipFundingInfo": "ownership_page",
    "verificationFactCheckingPolicy": "verification_page",
    "actionableFeedbackPolicy": "contact_page",
}
"""Property of NewsMediaOrganization -> the setting that names its page."""


def organisation_id() -> str:
    """Return the identifier by which other objects refer to the paper."""
    return absolute("/#paper")


def publisher(masthead: Masthead) -> dict[str, Any]:
    """Return the paper as a publisher: enough for one page; the front page tells the rest."""
    described = {
        "@type": "NewsMediaOrganization",
        "@id": organisation_id(),
        "name": masthead.name,
        "url": absolute("/"),
        "logo": absolute(masthead.logo.url) if masthead.logo else "",
    }
    return {name: value for name, value in described.items() if value}


def news_organisation(masthead: Masthead) -> dict[str, Any]:
    """Return the paper with its policies, as the front page and the page about it carry it."""
    described = publisher(masthead) | {
        "description": masthead.description,
        "slogan": masthead.tagline,
        "foundingDate": masthead.founded_on.isoformat() if masthead.founded_on else "",
        "sameAs": masthead.profile_list(),
    }
    if masthead.contact_email:
        described["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "email": masthead.contact_email,
        }
    pages = _live_policy_pages(masthead)
    for name, setting in POLICY_PROPERTIES.items():
        page = pages.get(getattr(masthead, f"{setting}_id"))
        if page is not None:
            described[name] = absolute(page.url or "/")
    return {name: value for name, value in described.items() if value}


def _live_policy_pages(masthead: Masthead) -> dict[int, AbstractPage]:
    ids = {getattr(masthead, f"{setting}_id") for setting in POLICY_PROPERTIES.values()} - {None}
    pages: dict[int, AbstractPage] = (
        apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects.live().in_bulk(ids) if ids else {}
    )
    return pages


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return a BreadcrumbList of (name, path) pairs, from the front page to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(path),
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }
