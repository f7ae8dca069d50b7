"""What is looked for stands first. `make bench ARGS=ranking` prints it for both archives."""

from pathlib import Path

import pytest

from bench._judged_queries import JudgedQuery, judged_queries, judged_stories
from bench.ranking import Fts5, Paper, reciprocal_ranks

BAR = 0.8


def test_what_is_remembered_of_a_story_finds_it_sooner_than_by_bm25(fixtures_dir: Path, tmp_path: Path) -> None:
    stories = judged_stories([fixtures_dir / "archive-18f"])
    documents = [story.document for story in stories]
    paper, peer = Paper(tmp_path, documents), Fts5(documents)
    queries = judged_queries(stories)

    ours = {name: _mean(reciprocal_ranks(paper, asked)) for name, asked in queries.items()}
    theirs = {name: _mean(reciprocal_ranks(peer, asked)) for name, asked in queries.items()}

    assert sum(map(len, queries.values())) >= 180
    assert ours["body sentences"] >= BAR
    assert ours["body sentences"] > theirs["body sentences"]
    assert all(ours[name] >= theirs[name] for name in queries), (ours, theirs)


def test_a_rank_is_judged_by_where_the_first_that_is_meant_stands() -> None:
    class Fixed:
        def found(self, text: str) -> list[int]:
            return [7, 8, 9]

    asked = [JudgedQuery("one", frozenset({pk})) for pk in (7, 8, 6)]

    assert reciprocal_ranks(Fixed(), [*asked, JudgedQuery("two", frozenset({8, 9}))]) == pytest.approx([1, 0.5, 0, 0.5])


def _mean(ranks: list[float]) -> float:
    return sum(ranks) / len(ranks)
