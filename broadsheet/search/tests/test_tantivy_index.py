"""tantivy does what the paper asks of an engine."""

from pathlib import Path

import pytest

from broadsheet.search.engine.interface import Clause, Kind, key_of
from broadsheet.search.engine.tantivy_index import TantivyIndex, TantivyWriter
from broadsheet.search.tests.contract import DOCUMENTS, EngineContract, found


class TantivyEngine:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.writer = TantivyWriter(folder)

    def index(self) -> TantivyIndex:
        return TantivyIndex(self._folder)


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    return TantivyEngine(tmp_path / "index")


class TestTantivy(EngineContract):
    pass


def test_a_second_writer_is_refused(engine: TantivyEngine, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"(?i)lock"):
        TantivyWriter(tmp_path / "index")


def test_an_open_index_shows_what_was_committed_since_when_it_is_told_to(engine: TantivyEngine) -> None:
    index = engine.index()
    engine.writer.apply(upserts=DOCUMENTS, deletes=[key_of(Kind.STORY, 99)], upto_seq=3)
    assert index.checkpoint() == -1

    index.reload()

    assert index.checkpoint() == 3
    assert found(engine, Clause("storm")) == [1]
