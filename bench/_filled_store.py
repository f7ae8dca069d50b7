"""Any number of stored pages, written straight into the page store as copies of one that the paper has stored itself.

Only some have a body of real size, spread evenly over all: a million would take 60 GB. All have their rows, headers and
keys.

Run as `python -m bench._filled_store SIZE REAL` on the data that the environment names, with nothing served. Prints the
names of the pages with real bodies in JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
if __name__ == "__main__":
    django.setup()

from django.conf import settings

from broadsheet.delivery.page_store import PageStore

AT_ONCE = 20_000
PATH = "/2001/01/15/stored-{}/"
STUB = b"<!doctype html>"
Row = Sequence[object]


def fill_store(*, store: PageStore, size: int, real: int) -> list[str]:
    """Copy the first stored story until there are `size` pages; return the names of some `real` with whole bodies."""
    model = store.connection.execute(
        "SELECT id, as_of, epoch, status, headers, size FROM page"
        " WHERE status = 200 AND state = 0 AND name LIKE '/2%' ORDER BY id LIMIT 1"
    ).fetchone()
    if model is None:
        sys.exit("The store holds no story yet.")
    store_id, *told = model
    bodies = store.connection.execute("SELECT identity, br, gzip FROM body WHERE page = ?", (store_id,)).fetchone()
    with store.writing() as connection:
        copied = f"SELECT id FROM page WHERE name LIKE '{PATH.format('%')}'"
        for table, column in (("body", "page"), ("dep", "page"), ("page", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {column} IN ({copied})")
        (present, last) = connection.execute("SELECT count(*), max(id) FROM page").fetchone()
    number = max(0, size - present)
    step = max(1, number // max(1, min(real, number)))
    for first in range(0, number, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, number))
        with store.writing() as connection:
            connection.executemany(
                "INSERT INTO page (id, name, state, as_of, epoch, rendered_at, read_at, status, headers, digest, size)"
                " VALUES (?, ?, 0, ?, ?, ?, 0, ?, ?, ?, ?)",
                _pages(numbers, last + 1, told),
            )
            whole = ((last + 1 + n, *(bodies if n % step == 0 else (STUB, None, None))) for n in numbers)
            connection.executemany("INSERT INTO body VALUES (?, ?, ?, ?)", whole)
            connection.executemany("INSERT INTO dep VALUES (?, ?)", _keys(numbers, last + 1))
    return [PATH.format(n) for n in range(0, number, step)]


def _pages(numbers: Iterable[int], first_id: int, told: Sequence[Any]) -> Iterator[Row]:
    as_of, epoch, status, headers, size = told
    now = time.time()
    for n in numbers:
        yield first_id + n, PATH.format(n), as_of, epoch, now, status, headers, f"{n:024x}", size


def _keys(numbers: Iterable[int], first_id: int) -> Iterator[tuple[str, int]]:
    for n in numbers:
        yield f"a:{10_000_000 + n}", first_id + n
        yield f"au:{100_000 + n % 500}", first_id + n
        yield f"l:topic:{100_000 + n % 2_000}", first_id + n


if __name__ == "__main__":
    names = fill_store(store=PageStore(settings.BROADSHEET_DATA), size=int(sys.argv[1]), real=int(sys.argv[2]))
    print(json.dumps(names))
