"""Run by `test_kill.py` as a program of its own: publishes without a pause while the indexer is killed, many times.

An indexer is split off, killed (SIGKILL) after some milliseconds or at a labelled point, and followed by the next one.
Then one follows the log to its end, and the index is compared with the database. It prints one line of JSON.
"""

import dataclasses
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from django.db import connections
from django.test.utils import setup_test_environment

from broadsheet.accounts.models import User
from broadsheet.kit.fail_points import VARIABLE
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.index_home import IndexHome
from broadsheet.search.indexer import Indexer, keep_index
from broadsheet.search.verify_index import verify_index
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.tests.factories import make_story

FILLING = "search.filled"
FOLLOWING = ("search.log_read", "search.documents_made", "search.committed")
LONGEST_LIFE_SECONDS = 0.15
PATIENCE_SECONDS = 60
"""For one that is to die by itself at a point that it is sure to reach."""


def main(kills: int) -> None:
    """Kill so many indexers, and tell what is wrong in the end."""
    setup_test_environment()
    chance = random.Random(8)
    user = User.objects.create_superuser(f"killer-{os.getpid()}", password="x")
    stories: list[Story] = []
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        home = IndexHome(Path(folder))
        for number in range(kills):
            label = "" if number % 2 else (FILLING if number == 0 else FOLLOWING[number // 2 % len(FOLLOWING)])
            pid = _split_off(home, label)
            _publish(number, stories, user, chance)
            ends[_ended(pid, label, chance)] += 1
        indexer = Indexer(home)
        while indexer.step():
            pass
        indexer.close()
        current = home.current()
        assert current is not None
        report = verify_index(index=TantivyIndex(current))
    told = dataclasses.asdict(report) | {"is_clean": report.is_clean, "ends": ends, "stories": len(stories)}
    sys.stdout.write(f"{json.dumps(told)}\n")


def _split_off(home: IndexHome, label: str) -> int:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        os.environ[VARIABLE] = label
        try:
            keep_index(home=home, is_stopped=lambda: False)
        finally:
            os._exit(1)  # it only ends by being killed
    return pid


def _publish(number: int, stories: list[Story], user: User, chance: random.Random) -> None:
    """Publish one story; change one or take one away."""
    story = make_story(headline=f"Ferry {number}", slug=f"ferry-{os.getpid()}-{number}", live=False)
    story.save_revision(user=user)
    publish_story(story=story, user=user)
    stories.append(story)
    other = chance.choice(stories)
    if chance.random() < 0.3 and len(stories) > 1:
        stories.remove(other)
        unpublish_story(story=Story.objects.get(pk=other.pk), user=user)
        return
    version = Story.objects.get(pk=other.pk).get_latest_revision_as_object()
    version.title = f"Boat {number}"
    version.save_revision(user=user)
    update_story(story=other, user=user, change_class=ChangeClass.UPDATE)


def _ended(pid: int, label: str, chance: random.Random) -> str:
    """Let an indexer live for a moment, and kill it if it has not died by itself; return where it died."""
    deadline = time.monotonic() + (PATIENCE_SECONDS if label else chance.uniform(0, LONGEST_LIFE_SECONDS))
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            assert os.WTERMSIG(status) == signal.SIGKILL, "it ended for another reason"
            return label
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "anywhere"
