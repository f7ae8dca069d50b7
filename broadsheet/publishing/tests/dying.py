"""Run by `test_kill.py` as a program of its own: lets an act of publishing die at a labelled point, many times.

For each run a story is made ready, and a child split off that does the act and is killed (SIGKILL) at the point; then
this process looks at what the database holds. It prints one line of JSON for each run.
"""

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from broadsheet.accounts.models import User
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.kit.fail_points import VARIABLE
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.embargo.agenda import Agenda
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.stories.models import Act, PublishedVersion, Story, UnrecordedChange
from broadsheet.stories.recorded_content import digest_of, recorded_content
from broadsheet.stories.tests.factories import make_story

PUBLISHING = ("publishing.begun", "publishing.published", "publishing.recorded", "publishing.logged")
RECORDING = ("publishing.recorded", "publishing.logged")
PREPARED = ("publishing.begun", "publishing.published")
"""Where a first publication comes by whether or not the clock had the time to prepare it."""
CLOCK = ("clock.claimed", "clock.before_commit", "clock.committed")
COMMITTED = frozenset({"clock.committed", "newsroom.committed"})
"""Points after the commit: what dies there leaves the new state; everywhere else the old."""
PATIENCE_SECONDS = 60
TO_PREPARE = dt.timedelta(seconds=0.7)
Ready = Callable[[Story, User], None]


@dataclass(frozen=True)
class State:
    """What readers see of a story, what is planned for it, and what is written down about it."""

    live: bool
    digest: str
    planned: list[str]
    versions: int
    changes: int
    logged: int


def draft(story: Story, user: User) -> None:
    """Leave the story as it was made."""


def published(story: Story, user: User) -> None:
    """Publish the story, and draft an update of it."""
    publish_story(story=story, user=user)
    version = story.get_latest_revision_as_object()
    version.title, version.change_class = f"{version.title}, updated", "update"
    version.save_revision(user=user)


def published_and_planned(story: Story, user: User) -> None:
    """Publish the story, and plan its update for later."""
    published(story, user)
    schedule_story(story=story, user=user, go_live_at=clock.now() + dt.timedelta(hours=1))


def planned(story: Story, user: User) -> None:
    """Plan the story's first publication so that a clock has the time to prepare it."""
    schedule_story(story=story, user=user, go_live_at=clock.now() + TO_PREPARE)


def update_planned(story: Story, user: User) -> None:
    """Publish the story, and plan its update."""
    published(story, user)
    schedule_story(story=story, user=user, go_live_at=clock.now() + TO_PREPARE)


def ending(story: Story, user: User) -> None:
    """Publish the story, which comes to its end right now."""
    published(story, user)
    Story.objects.filter(pk=story.pk).update(expire_at=clock.now())


def publish(story: Story, user: User) -> None:
    """Press Publish."""
    publish_story(story=story, user=user)


def correct(story: Story, user: User) -> None:
    """Publish the newest version as a correction."""
    correct_story(story=story, user=user, note="The ferry stays in dock.")


def plan(story: Story, user: User) -> None:
    """Plan the newest version for later."""
    schedule_story(story=story, user=user, go_live_at=clock.now() + dt.timedelta(hours=2))


def unpublish(story: Story, user: User) -> None:
    """Take the story off the site."""
    unpublish_story(story=story, user=user)


def unpublish_in_the_newsroom(story: Story, user: User) -> None:
    """Take the story off the site by the newsroom's own form."""
    client = Client()
    client.force_login(user)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))


def let_the_clock_work(story: Story, user: User) -> None:
    """Run a clock until the story is as it is planned to be."""
    agenda, deadline = Agenda(), time.monotonic() + PATIENCE_SECONDS
    before = state_of(story).versions
    while state_of(story).versions == before and time.monotonic() < deadline:
        time.sleep(agenda.step())


ACTS: tuple[tuple[Ready, Ready, tuple[str, ...]], ...] = (
    (draft, publish, PUBLISHING),
    (published, publish, PUBLISHING),
    (published_and_planned, publish, PUBLISHING),
    (published_and_planned, correct, PUBLISHING),
    (draft, plan, ("publishing.begun", "publishing.published")),
    (published_and_planned, plan, ("publishing.begun", "publishing.published")),
    (published_and_planned, unpublish, RECORDING),
    (published, unpublish_in_the_newsroom, (*RECORDING, "newsroom.before_commit", "newsroom.committed")),
    (planned, let_the_clock_work, (*CLOCK, *PREPARED)),
    (update_planned, let_the_clock_work, (*CLOCK, *PUBLISHING)),
    (ending, let_the_clock_work, (*CLOCK, *RECORDING)),
)


def main(runs: int) -> None:
    """Let acts die as often as asked, each at its next point, and print what came of each."""
    setup_test_environment()
    user = User.objects.create_superuser("editor@dying.example", first_name="Ida")
    for number in range(runs):
        ready, act, labels = ACTS[number % len(ACTS)]
        label = labels[number // len(ACTS) % len(labels)]
        story = make_story(headline=f"Run {number}", live=False)
        story.save_revision(user=user)
        ready(story, user)
        before = state_of(story)
        died = in_a_child_that_dies(label, act, story, user)
        after = state_of(story)
        problems = problems_of(story, before, after, label)
        if act is let_the_clock_work and label not in COMMITTED:
            act(story, user)
            problems += problems_of(story, before, state_of(story), "clock.committed")
        run = {"ready": ready.__name__, "act": act.__name__, "label": label, "died": died, "problems": problems}
        sys.stdout.write(
            json.dumps(run | ({"before": asdict(before), "after": asdict(after)} if problems else {})) + "\n"
        )
        Revision.objects.for_instance(story).update(approved_go_live_at=None)


def in_a_child_that_dies(label: str, act: Ready, story: Story, user: User) -> bool:
    """Do the act in a child process that is killed at the label; tell whether it was."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        os.environ[VARIABLE] = label
        try:
            act(story, user)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def state_of(story: Story) -> State:
    """Return what the database holds about the story."""
    page = Story.objects.get(pk=story.pk)
    waiting = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False)
    return State(
        live=page.live,
        digest=digest_of(recorded_content(page)),
        planned=[version.approved_go_live_at.isoformat() for version in waiting.order_by("pk")],
        versions=PublishedVersion.objects.filter(kind="story", object_id=page.pk).count(),
        changes=sum(f"a:{page.pk}" in keys for keys in Change.objects.values_list("keys", flat=True)),
        logged=PageLogEntry.objects.filter(page=page.pk).count(),
    )


def problems_of(story: Story, before: State, after: State, label: str) -> list[str]:
    """Return what is neither wholly as before nor wholly as after the act, or not as the label says."""
    is_new = label in COMMITTED
    truths: dict[str, Any] = {
        "the old state stands whole": after == before or is_new,
        "one row more on the record": not is_new or after.versions == before.versions + 1,
        "as many changes as versions": after.changes - before.changes == after.versions - before.versions,
        "one act more in the log": not is_new or after.logged > before.logged,
        "nothing waits any longer": not is_new or not after.planned,
        "the page is as its record says": is_as_recorded(story, after),
        "nothing is unrecorded": not UnrecordedChange.objects.exists(),
        "nothing has failed": not FailedPublication.objects.exists(),
    }
    return [truth for truth, holds in truths.items() if not holds]


def is_as_recorded(story: Story, state: State) -> bool:
    """Tell whether the last row of the record is what readers see."""
    last = PublishedVersion.objects.filter(kind="story", object_id=story.pk).order_by("-number").first()
    if last is None or last.act != Act.PUBLISHED:
        return not state.live
    return state.live and last.digest == state.digest
