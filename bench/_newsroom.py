"""The newsroom of `bench/freshness.py`, `bench/takedown.py` and `bench/worst_minute.py`: commands for its acts.

Each is a program of its own. `archive SIZE` fills the paper up; `paths NUMBER` prints where readers are; `publish
SECONDS A_MINUTE` publishes and updates stories; `begin` makes the story that the world reads; `edit SECONDS EVERY`
updates it again and again, and goes on while the database is away; `begin_takedowns NUMBER` publishes what
`take_down NUMBER EVERY` takes away again. What they do they tell in lines of JSON, each as soon as it is committed.
"""

import datetime as dt
import json
import os
import random
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connection, connections

from bench._copied_archive import begin_archive, fill_up
from broadsheet.accounts.models import User
from broadsheet.bylines.models import Contributor
from broadsheet.changes.models import Change
from broadsheet.changes.selectors import newest_seq
from broadsheet.kit import clock
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.publishing.update_story import update_story
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import ChangeClass, Story, TakedownGround
from broadsheet.stories.shelves import month_page, today
from broadsheet.topics.models import Topic

TOPICS = 1_000
"""Of a paper with so many stories; beside the fifty on which most of the archive is filed."""
WORDS = "<p>" + "The harbour board met on Tuesday, as it does, and put the matter off. " * 6 + "</p>"
HOT_SLUG = "the-whole-world-reads-this"
WAIT_SECONDS = 0.2
CHOICE = random.Random(7)  # the same newsroom in each run


def tell(**told: Any) -> None:
    """Print a line of JSON at once."""
    print(json.dumps(told), flush=True)


def archive(size: int) -> None:
    """Have `size` stories, whatever there was before."""
    call_command("migrate", verbosity=0)
    if not Section.objects.exists():
        Topic.objects.bulk_create(Topic(name=f"Matter {n}", slug=f"matter-{n}") for n in range(TOPICS))
        begin_archive()
        for month in {dt.date(today().year, today().month, 1)}:
            month_page(month)
    fill_up(size)
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def paths(number: int) -> None:
    """Print the paths of fronts, topics, people and the newest stories, `number` in all."""
    lists = ["/", *(f"/section/{one.slug}/" for one in Section.objects.all())]
    lists += [f"/topic/topic-{n}/" for n in range(10)] + [f"/by/reporter-{n}/" for n in range(10)]
    stories = Story.objects.filter(live=True).order_by("-first_published_at", "-pk")[: max(0, number - len(lists))]
    print(json.dumps(lists + [story.url for story in stories]))


def publish(seconds: float, a_minute: float) -> None:
    """Publish new stories and update those of before, in turn: the text alone, then what lists show, too."""
    editor = _editor()
    number = round(seconds * a_minute / 60)
    drafts = [_draft(f"freshness-{newest_seq()}-{n}", f"Measured story {n}") for n in range(number // 3 + 1)]
    olds = list(Story.objects.filter(live=True).order_by("-first_published_at", "-pk")[:100])
    acts: list[tuple[str, Callable[[], Story]]] = [
        ("new", lambda: _published(drafts.pop(), editor)),
        ("text updated", lambda: _updated(CHOICE.choice(olds), editor, in_lists=False)),
        ("standfirst updated", lambda: _updated(CHOICE.choice(olds), editor, in_lists=True)),
    ]
    start, late = time.monotonic(), 0.0
    for turn in range(number):
        late = time.monotonic() - start - turn * 60 / a_minute
        time.sleep(max(0.0, -late))
        before = newest_seq()
        name, act = acts[turn % len(acts)]
        story = act()
        at = time.time()
        changes = Change.objects.filter(seq__gt=before).order_by("seq")
        tell(act=name, at=at, path=story.url, changes=[[change.seq, list(change.keys)] for change in changes])
    tell(late=max(0.0, late))


def _published(draft: Story, editor: User) -> Story:
    publish_story(story=draft, user=editor)
    return draft


def _updated(story: Story, editor: User, *, in_lists: bool) -> Story:
    draft = story.get_latest_revision_as_object()
    if in_lists:
        draft.standfirst = f"{draft.standfirst.partition(' As of ')[0]} As of {clock.now():%H:%M:%S}."
    draft.body = [("paragraph", f"<p>Written at {time.time():.3f}.</p>"), ("paragraph", WORDS)]
    draft.save_revision(user=editor)
    update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)
    return story


def begin() -> None:
    """Make a small paper, and the story on its front that is read and edited in the worst minute; print its path."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begin_archive()
    story = _draft(HOT_SLUG, versioned_headline(0))
    story.body = versioned_body(0)
    story.save_revision()
    publish_story(story=story, user=_editor())
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    print(json.dumps(story.url))


def versioned_headline(number: int) -> str:
    """Return the headline of a version."""
    return f"The whole world reads version {number} of this"


def versioned_body(number: int) -> list[tuple[str, str]]:
    """Return the text of a version; its last paragraph names the number again."""
    return [*[("paragraph", WORDS)] * 20, ("paragraph", f"<p>Here ends version {number} of the text.</p>")]


def edit(seconds: float, every: float) -> None:
    """Update the story as often as that; tell which version was committed when, or that it could not be."""
    start, number = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        number += 1
        try:
            story = Story.objects.get(slug=HOT_SLUG)
            draft = story.get_latest_revision_as_object()
            draft.title, draft.body = versioned_headline(number), versioned_body(number)
            editor = _editor()
            draft.save_revision(user=editor)
            update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)
        except DatabaseError:
            tell(number=number, failed=True)
            connections.close_all()
        else:
            tell(number=number, at=time.time())
        time.sleep(max(0.0, start + number * every - time.monotonic()))


def begin_takedowns(number: int) -> None:
    """Publish stories whose headlines have a word of their own; print their paths and words, the newest last."""
    editor, told = _editor(), []
    for _ in range(number):
        word = f"takedown{secrets.token_hex(4)}"
        told.append({"path": _published(_draft(word, f"Measured {word}"), editor).url, "word": word})
    print(json.dumps(told))


def take_down(number: float, every: float) -> None:
    """Take the newest stories down, one after the other, the newest first."""
    for story in Story.objects.filter(live=True, slug__startswith="takedown").order_by("-pk")[: int(number)]:
        time.sleep(every)
        path = story.url
        take_down_story(
            story=story, user=_editor(), ground=TakedownGround.LEGAL, sentence="It is gone.", reason="A court."
        )
        tell(path=path, at=time.time())


def _editor() -> User:
    known: User | None = User.objects.filter(email="editor@bench.example").first()
    return known or User.objects.create_superuser("editor@bench.example", first_name="Ida")


def _draft(slug: str, headline: str) -> Story:
    topics, people = list(Topic.objects.order_by("pk")), list(Contributor.objects.order_by("pk")[:50])
    story = Story(title=headline, slug=slug, live=False, standfirst="A standfirst.", owner=_editor())
    story.section = CHOICE.choice(list(Section.objects.all()))
    story.body = [("paragraph", WORDS)] * 12
    story.bylines = [Byline(contributor=person) for person in CHOICE.sample(people, 2)]
    weights = [1 / rank for rank in range(1, len(topics) + 1)]
    chosen = dict.fromkeys(CHOICE.choices(topics, weights, k=3))
    story.story_topics = [StoryTopic(topic=topic) for topic in chosen]
    month_page(today()).add_child(instance=story)
    story.save_revision()
    return story


def main(act: str, *numbers: str) -> None:
    """Do what the command line says."""
    acts: dict[str, Callable[..., None]] = {
        "archive": archive,
        "paths": paths,
        "publish": publish,
        "begin": begin,
        "edit": edit,
        "begin_takedowns": begin_takedowns,
        "take_down": take_down,
    }
    is_exact = act in {"publish", "edit", "take_down"}
    acts[act](*(float(number) if is_exact else int(number) for number in numbers))
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
