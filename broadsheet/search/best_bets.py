"""Which pages editors have put first for what a reader looks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from broadsheet.kit import clock
from broadsheet.pages.models import BasePage
from broadsheet.search.folded_words import folded
from broadsheet.search.models import BestBetPage, BestBetPhrase
from broadsheet.search.query_language import Understood

MOST_SHOWN = 5


@dataclass(frozen=True)
class Bet:
    """A page that editors have put first, as it is now."""

    pk: int
    url: str
    title: str
    description: str
    language: str
    text_direction: str


def words_looked_for(wanted: Understood) -> str:
    """Return the words for which there may be a best bet; none where more is asked for than words."""
    if wanted.unwanted or wanted.names or wanted.published_from or wanted.published_until:
        return ""
    return folded(" ".join(clause.text for clause in wanted.wanted))


def best_bets(words: str) -> list[Bet]:
    """Return the pages that come first for these folded words, those alone that readers can see."""
    if not words:
        return []
    in_force = Q(bet__until=None) | Q(bet__until__gt=clock.now())
    bets = BestBetPhrase.objects.filter(in_force, words=words).values_list("bet_id", flat=True)
    rows = BestBetPage.objects.filter(bet__in=list(bets)).order_by("bet_id", "sort_order", "pk")
    pks = list(dict.fromkeys(rows.values_list("page_id", flat=True)))
    return list(shown_pages(pks))[:MOST_SHOWN] if pks else []


def shown_pages(pks: Sequence[int]) -> Iterable[Bet]:
    """Return those of these pages that readers can see, in this order."""
    pages = BasePage.objects.filter(live=True).in_bulk(pks)
    return (_bet(pages[pk]) for pk in pks if pk in pages)


def _bet(page: BasePage) -> Bet:
    return Bet(
        pk=page.pk,
        url=page.url or "",
        title=page.short_headline or page.title,
        description=page.standfirst or page.search_description,
        language=page.language,
        text_direction=page.text_direction,
    )
