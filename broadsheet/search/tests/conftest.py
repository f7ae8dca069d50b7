"""An index of a folder of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from broadsheet.search.index_home import IndexHome
from broadsheet.search.indexer import Indexer
from broadsheet.search.open_index import OpenIndex, open_index


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> IndexHome:
    settings.BROADSHEET_DATA = tmp_path
    open_index.cache_clear()
    return IndexHome(tmp_path)


@pytest.fixture
def followed(home: IndexHome) -> Callable[[], OpenIndex]:
    """Bring the index up to date with all that has changed, and return it as readers have it open."""
    opened = OpenIndex(home)

    def follow() -> OpenIndex:
        indexer = Indexer(home)
        while indexer.step():
            pass
        indexer.close()
        return opened

    return follow
