"""Best bets in the newsroom: who keeps them, and how."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.search.models import BestBet
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
ADD = "newsdesk_best_bets:add"


def form(*phrases: str, pages: tuple[Story, ...]) -> dict[str, object]:
    data: dict[str, object] = nested_form_data(
        {
            "phrases": inline_formset([{"text": text} for text in phrases]),
            "pages": inline_formset([{"page": page.pk} for page in pages]),
            "until": "",
        }
    )
    return data


def test_an_editor_puts_pages_first_and_it_is_on_the_audit(client: Client, sign_in: SignIn) -> None:
    user = sign_in("Editor")
    first, second = make_story(headline="One"), make_story(headline="Two")

    saved = client.post(reverse(ADD), form("Opening hours", "open", pages=(second, first)))

    assert saved.status_code == 302
    bet = BestBet.objects.get()
    assert [phrase.words for phrase in bet.phrases.all()] == ["opening hours", "open"]
    assert [row.page_id for row in bet.pages.all()] == [second.pk, first.pk]
    entry = ModelLogEntry.objects.latest("timestamp")
    assert (entry.action, entry.label, entry.user_id) == ("wagtail.create", "Opening hours, open", user.pk)
    assert "Opening hours, open" in client.get(reverse("newsdesk_best_bets:list")).content.decode()


def test_words_without_a_page_and_words_that_are_taken_are_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    make_best_bet("Opening hours", pages=[make_story()])

    empty = client.post(reverse(ADD), form("open", pages=()))
    taken = client.post(reverse(ADD), form("OPENING hours", pages=(make_story(headline="Two"),)))

    assert empty.status_code == taken.status_code == 200
    assert "There is a best bet for these words already." in taken.content.decode()
    assert BestBet.objects.count() == 1


def test_the_form_is_filled_in_by_the_link_from_what_was_not_found(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")

    page = BeautifulSoup(client.get(f"{reverse(ADD)}?words=opening+hours").content, "html.parser")

    assert page.select_one("#id_phrases-0-text")["value"] == "opening hours"


@pytest.mark.parametrize(
    ("role", "may"), [("Reporter", False), ("Section editor", False), ("Editor", True), ("Publisher", True)]
)
def test_best_bets_are_kept_by_editors_of_the_whole_paper(
    client: Client, sign_in: SignIn, role: str, may: bool
) -> None:
    sign_in(role)

    client.post(reverse(ADD), form("open", pages=(make_story(),)))

    assert BestBet.objects.exists() == may
