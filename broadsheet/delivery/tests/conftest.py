"""A page store in a folder of its own, and a layer in front of an application that nobody should reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.tests.asking import Asker


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore(tmp_path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def reader(store: PageStore) -> Asker:
    return Asker(store)


@pytest.fixture
def time_machine_noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-03-04 12:00 +0000", tick=False) as travel:
        yield travel
