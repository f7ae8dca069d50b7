"""Claim: a page costs the same at 1,000 and at 100,000 stories, and an archive is written at 1,000 stories a second.

For each size a paper of its own is made in a temporary folder, as by `broadsheet demo --stories N`; then each page is
asked for as a reader, and the newsroom's story list as an editor, without any stored page. Printed: queries, and
processor milliseconds (the least of several tries), with the growth from the smallest to the largest size.
`BENCH_SIZES=1000,1000000` measures other sizes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")]
TRIES = 5
CHILD = "measure"

Costs = dict[str, dict[str, float]]


def main() -> None:
    """Measure each size in a process and a folder of its own, and print the table."""
    measured = {size: _measure_in_child(size) for size in SIZES}
    print(f"{'':<22}" + "".join(f"{size:>20,}" for size in SIZES) + f"{'growth':>10}")
    for page in measured[SIZES[0]]["pages"]:
        costs = [measured[size]["pages"][page] for size in SIZES]
        cells = "".join(f"{cost['queries']:>9.0f} q {cost['cpu_ms']:>5.1f} ms" for cost in costs)
        growth = costs[-1]["cpu_ms"] / costs[0]["cpu_ms"]
        print(f"{page:<22}{cells}{growth:>9.2f}x")
    rates = "".join(f"{measured[size]['stories_per_second']:>18,.0f}/s" for size in SIZES)
    print(f"{'written':<22}{rates}")


def _measure_in_child(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        environment = {**os.environ, "BROADSHEET_DATA": folder, "BROADSHEET_PROFILE": "test", "LOG_LEVEL": "ERROR"}
        demo = [sys.executable, "-m", "broadsheet", "demo", "--no-serve"]
        subprocess.run(demo, env=environment, check=True, stdout=subprocess.DEVNULL)
        child = [sys.executable, "-m", "bench.archive", CHILD, str(size)]
        result = subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        measured: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return measured


def _measure(size: int) -> dict[str, Any]:
    """Fill the paper up to `size` synthetic stories and measure its pages. Runs in the child."""
    import django  # noqa: PLC0415 (the child alone sets Django up, on the data it was given)

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from broadsheet.accounts.models import User  # noqa: PLC0415
    from broadsheet.demo.load_synthetic import load_synthetic  # noqa: PLC0415

    setup_test_environment()
    started = time.perf_counter()
    added = load_synthetic(total=size)
    rate = added / (time.perf_counter() - started)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    editor = Client()
    editor.force_login(User.objects.filter(groups__name="Editor").first())
    pages: Costs = {name: _cost(Client(), address) for name, address in _readers_pages().items()}
    pages["newsroom's list"] = _cost(editor, "/newsroom/stories/")
    return {"stories_per_second": rate, "pages": pages}


def _readers_pages() -> dict[str, str]:
    from broadsheet.stories.attachments import StoryTopic  # noqa: PLC0415
    from broadsheet.stories.models import Story  # noqa: PLC0415

    story = Story.objects.filter(live=True).order_by("first_published_at")[10]
    byline, topic = story.bylines.first(), StoryTopic.objects.filter(story=story).first()
    published = story.first_published_at
    return {
        "front": "/",
        "section": story.section.get_absolute_url(),
        "topic": topic.topic.get_absolute_url(),
        "person": byline.contributor.get_absolute_url(),
        "month": f"/{published.year}/{published.month:02d}/",
        "year": f"/{published.year}/",
        "story": story.url,
        "story's changes": f"{story.url}changes/",
        "corrections": "/corrections/",
    }


def _cost(client: Any, address: str) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return {"queries": len(captured), "cpu_ms": min(_cpu_ms(lambda: client.get(address)) for _ in range(TRIES))}


def _cpu_ms(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
        print(json.dumps(_measure(int(sys.argv[2]))))
    else:
        main()
