"""Best bets for tests."""

import datetime as dt
from collections.abc import Sequence

from broadsheet.pages.models import BasePage
from broadsheet.search.models import BestBet, BestBetPage, BestBetPhrase


def make_best_bet(*phrases: str, pages: Sequence[BasePage] = (), until: dt.datetime | None = None) -> BestBet:
    """Make a best bet as an editor would."""
    bet = BestBet(until=until)
    bet.phrases.set([BestBetPhrase(text=text, sort_order=place) for place, text in enumerate(phrases)])
    bet.pages.set([BestBetPage(page_id=page.pk, sort_order=place) for place, page in enumerate(pages)])
    bet.save()
    return bet
