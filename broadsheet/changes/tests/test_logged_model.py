"""What stands on many pages tells the log whenever it changes, and cannot change without telling."""

from collections.abc import Callable
from typing import Any

import pytest

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.changes.models import Change
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
ITEM = {"type": "item", "value": {"section": None, "label": "Ours"}}
MAKERS: list[tuple[Callable[[], Any], str]] = [
    (TopicFactory.create, "t:{}"),
    (ContributorFactory.create, "au:{}"),
    (SectionFactory.create, "s:{}"),
    (Masthead.load, "site"),
    (Navigation.load, "nav"),
]


@pytest.mark.parametrize(("make", "key"), MAKERS)
def test_saving_is_a_soft_change(make: Callable[[], Any], key: str) -> None:
    thing = make()
    field = "name" if hasattr(thing, "name") else "footer"
    setattr(thing, field, thing.name + "!" if field == "name" else thing.footer.stream_block.to_python([ITEM]))

    thing.save()

    newest = Change.objects.latest("seq")
    assert (newest.keys, newest.hard) == (sorted([ADDRESSES, key.format(thing.pk)]), False)
    thing.save()
    assert Change.objects.latest("seq") == newest, "nothing has changed since"


@pytest.mark.parametrize(("make", "key"), MAKERS[:3])
def test_deleting_is_a_hard_change(make: Callable[[], Any], key: str) -> None:
    thing = make()
    wanted = key.format(thing.pk)

    thing.delete()

    newest = Change.objects.latest("seq")
    assert (newest.keys, newest.hard) == (sorted([ADDRESSES, wanted]), True)


def test_merging_topics_touches_both_and_their_lists() -> None:
    merged, into = TopicFactory.create(), TopicFactory.create()

    merge_topics(merged=merged, into=into)

    keys = {key for change in Change.objects.all() for key in change.keys}
    assert {f"t:{merged.pk}", f"t:{into.pk}", f"l:topic:{merged.pk}", f"l:topic:{into.pk}"} <= keys
