"""What is suggested to who begins to write: the names on one shelf, and the best bets that begin with its letters."""

from collections.abc import Iterator

from broadsheet.kit import clock, rendering
from broadsheet.pages.models import BasePage
from broadsheet.search.cache_keys import BEST_BETS, shelf_key
from broadsheet.search.models import BestBet, BestBetPage, BestBetPhrase, SuggestedName
from broadsheet.search.shelves import shelves_of

MOST_NAMES = 1_000
"""On a shelf: some fifteen kilobytes as they are sent. The names with most stories come first."""
MOST_BETS = 200
BEST_BET = "bet"


def suggested(shelf: int) -> list[dict[str, object]]:
    """Return what is suggested from a shelf, the most important first."""
    return [*_bets(shelf), *_names(shelf)]


def _names(shelf: int) -> Iterator[dict[str, object]]:
    rendering.read_under([shelf_key(shelf)])
    rows = SuggestedName.objects.filter(shelf=shelf).order_by("-weight", "label", "kind", "object_id")
    for kind, label, url, also in rows.values_list("kind", "label", "url", "also")[:MOST_NAMES]:
        yield {"kind": kind, "label": label, "url": url} | ({"also": also} if also else {})


def _bets(shelf: int) -> Iterator[dict[str, object]]:
    """Yield the phrases of this shelf that lead to a page which readers can see."""
    rendering.read_under([BEST_BETS])
    now = clock.now_until_renewed()
    ends = dict(BestBet.objects.values_list("pk", "until"))
    in_force = {pk for pk, until in ends.items() if until is None or until > now}
    phrases = BestBetPhrase.objects.order_by("words", "pk").values_list("bet_id", "text")
    wanted = [(bet, text) for bet, text in phrases if bet in in_force and shelf in shelves_of([text])][:MOST_BETS]
    for bet in {bet for bet, _ in wanted}:
        rendering.renew_at(ends[bet])
    pages = _first_pages([bet for bet, _ in wanted])
    for bet, text in wanted:
        if bet in pages:
            yield {"kind": BEST_BET, "label": text, "url": pages[bet].url}


def _first_pages(bets: list[int]) -> dict[int, BasePage]:
    rows = BestBetPage.objects.filter(bet__in=bets).order_by("sort_order", "pk").values_list("bet_id", "page_id")
    places = list(rows) if bets else []
    pages = BasePage.objects.in_bulk([pk for _, pk in places])  # those that are not published, too: they may be soon
    first: dict[int, BasePage] = {}
    for bet, pk in places:
        if pages[pk].live:
            first.setdefault(bet, pages[pk])
    return first
