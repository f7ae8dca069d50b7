"""Of several processes one at a time is a follower."""

import threading

import pytest
from django.db import connection
from django.db.models.functions import Now

from broadsheet.changes.models import FollowerTurn
from broadsheet.changes.take_turn import end_turn, take_turn

LONG_SECONDS = 600.0


def takes(holder: str) -> bool:
    return take_turn(follower="x", holder=holder, seconds=LONG_SECONDS)


@pytest.mark.django_db
def test_a_turn_that_ran_out_is_anybodys() -> None:
    assert takes("one")
    assert not takes("other")
    FollowerTurn.objects.update(until=Now())

    assert takes("other")
    assert not takes("one")


@pytest.mark.django_db
def test_a_turn_is_ended_by_its_holder_only() -> None:
    assert takes("one")
    end_turn(follower="x", holder="other")
    assert not takes("other")

    end_turn(follower="x", holder="one")

    assert takes("other")


@pytest.mark.django_db
def test_turns_of_other_followers_are_others() -> None:
    assert takes("one")

    assert take_turn(follower="y", holder="other", seconds=LONG_SECONDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("was_taken", [False, True])
def test_of_many_who_ask_at_once_one_gets_it(was_taken: bool) -> None:
    if was_taken:
        takes("before")
        end_turn(follower="x", holder="before")
    begin, got = threading.Barrier(6), []

    def ask(holder: str) -> None:
        begin.wait()
        if takes(holder):
            got.append(holder)
        connection.close()

    threads = [threading.Thread(target=ask, args=[str(number)]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 1
