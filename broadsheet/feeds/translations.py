"""Which stories say the same in other languages, for search engines (hreflang) and for readers' browsers."""

from dataclasses import dataclass

from django.db.models import Q

from broadsheet.feeds.cache_keys import translations_key
from broadsheet.feeds.models import Translation
from broadsheet.kit import rendering
from broadsheet.masthead.head_metadata import absolute
from broadsheet.pages.cache_keys import card_key
from broadsheet.pages.models import BasePage

DEFAULT = "x-default"
"""For readers of none of the languages: the original."""


@dataclass(frozen=True)
class InLanguage:
    """A story in a language. `url` is whole."""

    language: str
    url: str


def translations_of(story_id: int) -> list[InLanguage]:
    """Return a story and all that are translations of the same original, which comes last again as the default.

    Nothing for a story that stands alone. The same for each of them, as search engines want it.
    """
    rendering.read_under([translations_key(story_id)])
    rows = Translation.objects.filter(Q(story=story_id) | Q(original=story_id)).order_by()
    pairs = list(rows.values_list("story_id", "original_id"))
    if not pairs:
        return []
    original_id = pairs[0][1]
    rendering.read_under([translations_key(original_id)])
    others = Translation.objects.filter(original=original_id).order_by().values_list("story_id", flat=True)
    rendering.read_under(card_key(pk) for pk in (original_id, *others))  # of those that may go live later, too
    pages = list(BasePage.objects.filter(pk__in=[original_id, *others], live=True).order_by("language", "pk"))
    if len(pages) < 2:
        return []
    found = [InLanguage(page.language, absolute(page.url or "")) for page in pages]
    return [*found, *(InLanguage(DEFAULT, absolute(page.url or "")) for page in pages if page.pk == original_id)]
