"""Claim: forty editors may press Publish in the same second; each waits for those before, and nobody gets an error.

Each signs in, and at the same moment all send a finished new story from the newsroom's form, then publish an update of
it, all under one month. Printed for SQLite and PostgreSQL: the worst, the median wait for each, and what went wrong.
"""

import os
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bench.publish import DATABASES, new_database

EDITORS = 40
CHILD = "measure"


@dataclass
class Rush:
    """How long each request took, in seconds, and the answers that were not what an editor hopes for."""

    waits: list[float] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


def main() -> None:
    """Measure on each database in a process of its own."""
    for database in DATABASES:
        with new_database(database) as environment:
            child = [sys.executable, "-m", "bench.newsroom_rush", CHILD]
            result = subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        print(f"{database:<12}{result.stdout.splitlines()[-1]}")


def rush(editors: int, *, month_id: int, section_id: int, contributor_id: int) -> Rush:
    """Let editors (as many superusers are made) publish and update a story each, all at once."""
    from django.db import connections  # noqa: PLC0415  Django is set up by now
    from django.test import Client  # noqa: PLC0415

    from broadsheet.accounts.models import User  # noqa: PLC0415

    clients = []
    for number in range(editors):
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.create_superuser(f"editor{number}@rush.example", first_name=f"Editor {number}"))
        clients.append(client)
    outcome, start = Rush(), threading.Barrier(editors)

    def publish_and_update(number: int) -> None:
        data = story_form(number, section_id=section_id, contributor_id=contributor_id)
        start.wait()
        address = f"/newsroom/pages/add/stories/story/{month_id}/"
        made = _send(clients[number], address, data, outcome)
        if made:
            data |= {"title": f"Rush {number}, updated", "change_class": "update"}
            _send(clients[number], made, data, outcome)
        connections.close_all()

    with ThreadPoolExecutor(editors) as pool:
        list(pool.map(publish_and_update, range(editors)))
    return outcome


def story_form(number: int, *, section_id: int, contributor_id: int) -> dict[str, Any]:
    """Return the newsroom's form of a finished story, with Publish pressed."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield  # noqa: PLC0415

    data: dict[str, Any] = nested_form_data(
        {
            "title": f"Rush {number}",
            "slug": f"rush-{number}",
            "section": section_id,
            "work_type": "news",
            "language": "en",
            "body": streamfield([("paragraph", rich_text("<p>News.</p>"))]),
            "bylines": inline_formset([{"contributor": contributor_id, "role": "by", "place": ""}]),
            "story_topics": inline_formset([]),
            "pinned_related": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "action-publish",
        }
    )
    return data


def _send(client: Any, address: str, data: dict[str, Any], outcome: Rush) -> str:
    """Send a form and note how it went; return the address of the story's editor when it was published."""
    from broadsheet.stories.models import Story  # noqa: PLC0415

    started = time.perf_counter()
    answer = client.post(address, data)
    outcome.waits.append(time.perf_counter() - started)
    if answer.status_code != 302:
        errors = getattr(answer, "context", None) and answer.context.get("form") and answer.context["form"].errors
        outcome.mishaps.append(f"{address}: {answer.status_code} {errors or ''}")
        return ""
    pk = Story.objects.values_list("pk", flat=True).get(slug=data["slug"])
    return f"/newsroom/pages/{pk}/edit/"


def _measure() -> None:
    import django  # noqa: PLC0415  the child alone sets Django up, on the data it was given

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from broadsheet.bylines.models import Contributor  # noqa: PLC0415
    from broadsheet.sections.models import Section  # noqa: PLC0415
    from broadsheet.stories.shelves import month_page, today  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    section = Section.objects.create(name="City", slug="city")
    contributor = Contributor.objects.create(name="Reporter", slug="reporter")
    outcome = rush(EDITORS, month_id=month_page(today()).pk, section_id=section.pk, contributor_id=contributor.pk)
    print(
        f"{EDITORS} editors, {len(outcome.waits)} publications: worst wait {max(outcome.waits):.2f} s, median"
        f" {statistics.median(outcome.waits):.2f} s, errors {len(outcome.mishaps)} {outcome.mishaps[:3] or ''}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
        _measure()
    else:
        main()
