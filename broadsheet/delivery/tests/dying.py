"""Run by `test_kill.py` as a program of its own: lets the follower and the layer in front of Django die, many times.

For each run something changes, and a child split off that follows the log or serves a reader and is killed (SIGKILL)
at a labelled point; then a follower begins anew, and every stored page is compared with a new rendering. It prints one
line of JSON for each run.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.test.utils import setup_test_environment

from broadsheet.accounts.models import User
from broadsheet.delivery.follow_log import Follower
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.store_page import digest_of
from broadsheet.delivery.tests.asking import Asker
from broadsheet.kit.fail_points import VARIABLE
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.stories.models import ChangeClass, Story, TakedownGround
from broadsheet.stories.tests.factories import make_story

FOLLOWING = ("delivery.log_read", "delivery.invalidated", "delivery.cursor_committed")
RENDERING: tuple[str, ...] = ("delivery.rendering", "delivery.rendered", "delivery.before_store", "delivery.stored")
RENDERING += ("delivery.store_committed",)
SERVING = tuple(label for label in RENDERING if label != "delivery.rendered")
Change = Callable[[Story, User], None]


def update(story: Story, user: User) -> None:
    """Publish another headline."""
    version = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    version.title = f"{version.title}, again"
    version.save_revision(user=user)
    update_story(story=story, user=user, change_class=ChangeClass.UPDATE)


def unpublish(story: Story, user: User) -> None:
    """Take the story off the site."""
    unpublish_story(story=story, user=user)


def take_down(story: Story, user: User) -> None:
    """Take the story away for good."""
    take_down_story(
        story=story, user=user, ground=TakedownGround.values[0], sentence="It is gone.", reason="A court said so."
    )


CHANGES: tuple[Change, ...] = (update, unpublish, take_down)


def main(runs: int) -> None:
    """Let it die as often as asked, each time at its next point, and print what came of it."""
    setup_test_environment()
    user = User.objects.create_superuser("editor@dying.example", first_name="Ida")
    acts = [(follow, label) for label in (*FOLLOWING, *RENDERING)] + [(read, label) for label in SERVING]
    for number in range(runs):
        act, label = acts[number % len(acts)]
        change = CHANGES[number // len(acts) % len(CHANGES)]
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(json.dumps(_run(Path(folder), number, Case(act, label, change), user)) + "\n")


@dataclass(frozen=True)
class Case:
    """What is done, at which point it dies, and what had changed before."""

    act: Callable[[Path, list[str]], None]
    label: str
    change: Change


def _run(folder: Path, number: int, case: Case, user: User) -> dict[str, object]:
    story = make_story(headline=f"Run {number}", live=False)
    story.save_revision(user=user)
    publish_story(story=story, user=user)
    names = ["/", story.url, "/2026/", "/corrections/", f"/gone-{number}/"]
    store = PageStore(folder)
    Follower(store=store).drain()
    for name in names:
        Asker(store).get(name)
    with store.writing():
        store.connection.execute("UPDATE page SET rendered_at = rendered_at - 60")
    case.change(story, user)
    store.close()
    died = _in_a_child_that_dies(case.label, lambda: case.act(folder, names))
    problems = _problems(PageStore(folder))
    told = {"act": case.act.__name__, "change": case.change.__name__, "label": case.label}
    return told | {"died": died, "problems": problems}


def follow(folder: Path, names: list[str]) -> None:
    """Follow the log until there is nothing to do."""
    follower = Follower(store=PageStore(folder))
    for _ in range(100):
        if follower.step():
            return


def read(folder: Path, names: list[str]) -> None:
    """Read pages that nobody has invalidated yet, and one that is not stored."""
    store = PageStore(folder)
    with store.writing():
        store.forget("1")
    for name in names:
        Asker(store).get(name)


def _in_a_child_that_dies(label: str, act: Callable[[], None]) -> bool:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        os.environ[VARIABLE] = label
        try:
            act()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def _problems(store: PageStore) -> list[str]:
    """Let a follower begin anew, and return the pages that are not as a new rendering."""
    renderer = Renderer()
    Follower(store=store, renderer=renderer).drain()
    wrong = [name for name in store.names() if store.standing(name).digest != digest_of(renderer.render(name))]
    store.close()
    return wrong
