"""An indexer that is killed, at whatever point and however often, loses nothing and doubles nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from broadsheet.search.tests import dying

KILLS = 100
SET_UP = "import django; django.setup(); from broadsheet.search.tests import dying"


@pytest.mark.django_db(transaction=True)
def test_an_indexer_killed_a_hundred_times_while_stories_are_published_ends_with_a_true_index() -> None:
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
    connection.close()
    program = [sys.executable, "-c", f"{SET_UP}; dying.main({KILLS})"]
    environment = os.environ | {"DATABASE_URL": url, "LOG_LEVEL": "ERROR"}

    done = subprocess.run(program, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)

    assert told["is_clean"], told
    assert told["stories"] > KILLS // 2
    assert sum(told["ends"].values()) == KILLS
    assert set(told["ends"]) == {"anywhere", dying.FILLING, *dying.FOLLOWING}
