"""Claim: publishing costs the same at 1,000 and at 1,000,000 stories, on SQLite and on PostgreSQL.

One database of each kind grows from size to size; at each, drafts are published, updated, scheduled and unpublished by
the verbs, and published by an editor's click (the newsroom's form, with all that stands around it). Printed: queries,
and processor milliseconds of ours (the least of several tries), with the growth from the smallest to the largest size.
On PostgreSQL the server's own time is in the wall milliseconds, which are printed too.
`BENCH_SIZES=1000,10000` measures other sizes; `BENCH_DATABASES=sqlite` one database.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tooling.servers import postgresql_server

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000,100000,1000000").split(",")]
DATABASES = os.environ.get("BENCH_DATABASES", "sqlite,postgresql").split(",")
TRIES = 9
CHILD = "measure"
Cost = dict[str, float]


def main() -> None:
    """Measure on each database in a process of its own, and print the tables."""
    for database in DATABASES:
        with new_database(database) as environment:
            child = [sys.executable, "-m", "bench.publish", CHILD]
            result = subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        _print_table(database, json.loads(result.stdout.splitlines()[-1]))


@contextmanager
def new_database(kind: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a paper with an empty database of this kind, in a temporary folder."""
    # A clock outlives a killed paper for half a minute, and may write while its folder is removed.
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-", ignore_cleanup_errors=True) as folder:
        environment = os.environ | {"BROADSHEET_DATA": folder, "LOG_LEVEL": "ERROR", "ALLOWED_HOSTS": "testserver"}
        environment.pop("DATABASE_URL", None)
        environment.pop("BROADSHEET_PROFILE", None)
        if kind == "sqlite":
            yield environment
            return
        with postgresql_server() as url:
            server, _, name = url.rpartition("/")
            _create_postgresql_database(f"{server}/postgres", name)
            yield environment | {"DATABASE_URL": url}


def _create_postgresql_database(server: str, name: str) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')


def _print_table(database: str, measured: dict[str, dict[str, Cost]]) -> None:
    sizes = list(measured)
    print(f"\n{database:<16}" + "".join(f"{int(size):>30,}" for size in sizes) + f"{'growth':>16}")
    for act in measured[sizes[0]]:
        costs = [measured[size][act] for size in sizes]
        cells = "".join(
            f"{cost['queries']:>10.0f} q {cost['cpu_ms']:>6.1f} cpu {cost['wall_ms']:>6.1f} ms"[-30:].rjust(30)
            for cost in costs
        )
        growth = [costs[-1][unit] / costs[0][unit] for unit in ("cpu_ms", "wall_ms")]
        print(f"{act:<16}{cells}{growth[0]:>8.2f}x{growth[1]:>7.2f}x")


def _measure() -> dict[int, dict[str, Cost]]:
    """Fill the database size by size and measure the acts at each. Runs in the child."""
    import django  # noqa: PLC0415 (the child alone sets Django up, on the data it was given)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bench._copied_archive import begin_archive, fill_up  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begin_archive()
    measured = {}
    for size in SIZES:
        started = time.perf_counter()
        fill_up(size)
        print(f"{size:,} stories after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
        measured[size] = _costs()
    return measured


def _costs() -> dict[str, Cost]:
    import datetime as dt  # noqa: PLC0415

    from broadsheet.accounts.models import User  # noqa: PLC0415
    from broadsheet.kit import clock  # noqa: PLC0415
    from broadsheet.publishing.publish_story import publish_story  # noqa: PLC0415
    from broadsheet.publishing.schedule_story import schedule_story  # noqa: PLC0415
    from broadsheet.publishing.unpublish_story import unpublish_story  # noqa: PLC0415
    from broadsheet.publishing.update_story import update_story  # noqa: PLC0415
    from broadsheet.stories.models import ChangeClass, Story  # noqa: PLC0415

    editor, _ = User.objects.get_or_create(email="editor@bench.example", is_superuser=True)
    stories = [_draft() for _ in range(TRIES + 1)]
    tomorrow = clock.now() + dt.timedelta(days=1)

    def update(story: Story) -> None:
        update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)

    def redraft(story: Story) -> None:
        draft = story.get_latest_revision_as_object()
        draft.standfirst += " More."
        draft.save_revision(user=editor)

    costs = {"publish": _cost(stories, lambda story: publish_story(story=story, user=editor))}
    for story in stories:
        redraft(story)
    costs["update"] = _cost(stories, update)
    costs["schedule"] = _cost(stories, lambda story: schedule_story(story=story, user=editor, go_live_at=tomorrow))
    costs["unpublish"] = _cost(stories, lambda story: unpublish_story(story=story, user=editor))
    costs["editor's click"] = _cost([_draft() for _ in range(TRIES + 1)], _click(editor))
    return costs


def _draft() -> Any:
    """Return a draft of twelve paragraphs with two names and three topics."""
    import uuid  # noqa: PLC0415

    from broadsheet.bylines.models import Contributor  # noqa: PLC0415
    from broadsheet.sections.models import Section  # noqa: PLC0415
    from broadsheet.stories.attachments import Byline, StoryTopic  # noqa: PLC0415
    from broadsheet.stories.models import Story  # noqa: PLC0415
    from broadsheet.stories.shelves import month_page, today  # noqa: PLC0415
    from broadsheet.topics.models import Topic  # noqa: PLC0415

    name = uuid.uuid4().hex[:12]
    story = Story(title=f"Measured {name}", slug=f"measured-{name}", live=False, standfirst="A standfirst.")
    story.section = Section.objects.first()
    words = "<p>" + "Words that a story has. " * 20 + "</p>"
    body = [{"type": "paragraph", "value": words, "id": str(uuid.uuid4())} for _ in range(12)]
    setattr(story, "body", json.dumps(body))  # noqa: B010 (a stream field reads JSON; its type says otherwise)
    story.bylines = [Byline(contributor=person) for person in Contributor.objects.all()[:2]]
    story.story_topics = [StoryTopic(topic=topic) for topic in Topic.objects.all()[:3]]
    month_page(today()).add_child(instance=story)
    story.save_revision()
    return story


def _click(editor: Any) -> Callable[[Any], None]:
    """Return an editor's click on Publish: the newsroom's form, sent as it was shown."""
    from django.test import Client  # noqa: PLC0415
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield  # noqa: PLC0415

    client = Client()
    client.force_login(editor)

    def click(story: Any) -> None:
        paragraphs = [("paragraph", rich_text("<p>" + "Words that a story has. " * 20 + "</p>")) for _ in range(12)]
        bylines = [{"contributor": row.contributor_id, "role": "by", "place": ""} for row in story.bylines.all()]
        data = nested_form_data(
            {
                "title": story.title,
                "slug": story.slug,
                "section": story.section_id,
                "work_type": "news",
                "language": "en",
                "body": streamfield(paragraphs),
                "bylines": inline_formset(bylines),
                "story_topics": inline_formset([]),
                "pinned_related": inline_formset([]),
                "comments": inline_formset([]),
                "action-publish": "action-publish",
            }
        )
        answer = client.post(f"/newsroom/pages/{story.pk}/edit/", data)
        assert answer.status_code == 302, answer.status_code

    return click


def _cost(stories: list[Any], act: Callable[[Any], None]) -> Cost:
    """Return what an act costs: queries the first time, then the least of processor and wall time."""
    from django.db import connection  # noqa: PLC0415

    queries: list[str] = []

    def count(execute: Any, sql: str, *details: Any) -> Any:
        queries.append(sql)
        return execute(sql, *details)

    with connection.execute_wrapper(count):
        act(stories[0])
    cpu, wall = zip(*(_times(act, story) for story in stories[1:]), strict=True)
    return {"queries": len(queries), "cpu_ms": min(cpu), "wall_ms": min(wall)}


def _times(act: Callable[[Any], None], story: Any) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    act(story)
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
        print(json.dumps(_measure()))
    else:
        main()
