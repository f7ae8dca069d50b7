"""Whatever dies at whatever point of publishing: each story is wholly in its old or wholly in its new state."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from broadsheet.publishing.tests import dying

RUNS = 100
SET_UP = "import django; django.setup(); from broadsheet.publishing.tests import dying"


def run_on_the_test_database(runs: int) -> list[dict[str, Any]]:
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
    connection.close()
    program = [sys.executable, "-c", f"{SET_UP}; dying.main({runs})"]
    environment = os.environ | {"DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(program, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_of_publishing_each_story_is_whole() -> None:
    runs = run_on_the_test_database(RUNS)

    assert len(runs) == RUNS
    assert [run for run in runs if run["problems"]] == []
    assert [run for run in runs if not run["died"]] == []
    labels = {run["label"] for run in runs}
    assert labels >= {*dying.PUBLISHING, *dying.CLOCK, "newsroom.before_commit", "newsroom.committed"}
