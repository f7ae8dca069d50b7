"""What stands on many pages tells the log whenever it changes, and cannot change without telling."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from broadsheet.bylines.cache_keys import CONTRIBUTORS
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.changes.models import Change
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.sections.cache_keys import SECTIONS
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.cache_keys import TOPICS
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
    assert newest.hard
    assert set(newest.keys) - {SECTIONS, TOPICS, CONTRIBUTORS} == {ADDRESSES, wanted}


def test_merging_topics_touches_both_and_their_lists() -> None:
    merged, into = TopicFactory.create(), TopicFactory.create()
    make_story(headline="Ferry returns", topics=[merged])

    merge_topics(merged=merged, into=into)

    keys = {key for change in Change.objects.all() for key in change.keys}
    assert {f"t:{merged.pk}", f"t:{into.pk}", f"l:topic:{merged.pk}", f"l:topic:{into.pk}"} <= keys


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_undoes_a_change_that_is_not_yet_committed_is_logged_too() -> None:
    topic = TopicFactory.create(name="Harbour")
    as_it_was = type(topic).objects.get(pk=topic.pk)
    logged_before = Change.objects.count()
    is_saved = threading.Event()

    def rename() -> None:
        with transaction.atomic():
            topic.name = "Port"
            topic.save()
            is_saved.set()
            while not _somebody_waits():
                pass
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        renamed = pool.submit(rename)
        is_saved.wait()
        as_it_was.save()
        renamed.result()

    assert type(topic).objects.get(pk=topic.pk).name == "Harbour"
    assert Change.objects.count() == logged_before + 2


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
