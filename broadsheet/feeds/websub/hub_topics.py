"""To which addresses of the paper one may subscribe: its feeds, as they name themselves."""

from urllib.parse import unquote

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from broadsheet.bylines.models import Contributor
from broadsheet.feeds.views import FORMATS
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic

OF_THE_PAPER = {"feed", "corrections_feed"}
PLACES: dict[str, type[Model]] = {"section_feed": Section, "topic_feed": Topic, "contributor_feed": Contributor}
"""View of a feed -> of what it is the feed."""
LONGEST_PATH = 500


def topic_path(address: str) -> str | None:
    """Return the path of the feed that an address names, as the feed itself writes it; None for what is no feed of ours
    that there is now."""
    path = address.removeprefix(settings.SITE_URL) if address.startswith(f"{settings.SITE_URL}/") else ""
    try:
        found = resolve(unquote(path)) if path and len(path) <= LONGEST_PATH else None
    except Resolver404:
        return None
    if found is None or not _is_there(found):
        return None
    own = reverse(str(found.view_name), kwargs=found.kwargs)
    return own if unquote(own) == unquote(path) else None


def _is_there(found: ResolverMatch) -> bool:
    form = found.kwargs.get("form")
    if form is not None and (form not in FORMATS or form == "rss"):
        return False
    if found.url_name in OF_THE_PAPER:
        return True
    place = PLACES.get(str(found.url_name))
    named = {"slug": found.kwargs["slug"]} if place else {}
    if place is Topic:
        named["merged_into"] = None
    return place is not None and place._default_manager.filter(**named).exists()
