"""Whatever dies at whatever point of delivery: a follower that begins anew makes every page true."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from broadsheet.delivery.tests import dying

RUNS = 60
SET_UP = "import django; django.setup(); from broadsheet.delivery.tests import dying"


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_of_delivery_the_pages_end_true() -> None:
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
    connection.close()
    program = [sys.executable, "-c", f"{SET_UP}; dying.main({RUNS})"]
    environment = os.environ | {"DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(program, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    runs = [json.loads(line) for line in done.stdout.splitlines()]

    assert len(runs) == RUNS
    assert [run for run in runs if run["problems"]] == []
    assert {run["label"] for run in runs if run["died"]} == {*dying.FOLLOWING, *dying.RENDERING}
