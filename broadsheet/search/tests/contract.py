"""What every engine must find: the same documents and queries, asked of whichever engine a subclass gives."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

import pytest

from broadsheet.search.engine.interface import (
    Clause,
    Document,
    Facet,
    Filters,
    IndexWriter,
    Kind,
    Query,
    SearchIndex,
    Sort,
    key_of,
)


def story(pk: int, title: str, body: str = "", *, year: int = 2020, language: str = "en", **more: object) -> Document:
    moment = dt.datetime(year, 1, 1 + pk % 28, 12, tzinfo=dt.UTC)
    return Document(
        kind=Kind.STORY, pk=pk, language=language, title=title, body=body, published_at=moment, version=pk * 7, **more
    )  # type: ignore[arg-type]


DOCUMENTS = (
    story(1, "Harbour storm", "The storms came back to the harbour at night.", section=1, topics=[1, 2], people=[5]),
    story(2, "Ferry stopped", "O'Brien said the ferry runs again on Monday.", section=1, topics=[2], year=2019),
    story(3, "Council budget", "The mayor spoke of a harbour wall.", section=2, work_type="opinion", year=2018),
    story(
        4, "Bird count", photo_words="Geese over the marsh. Photo: Ilse Brandt", standfirst="Fewer than ever", year=2017
    ),
    story(5, "Election night", "A long count.", names=["Dominic Achterberg", "Local elections"], people=[6], year=2016),
    story(6, "東京の天気", "今日は東京都で2020年の雨が降る。", language="ja"),
    story(7, "الكتاب الجديد", "قَرَأَ الولد كتابا جديدا في المدينة", language="ar"),
    story(8, "Le conseil municipal", "Les élections auront lieu à Montréal.", language="fr"),
    Document(kind=Kind.TOPIC, pk=1, language="en", title="Storms", names=["Storms", "Gales", "storms"], version=1),
    Document(kind=Kind.PERSON, pk=5, language="en", title="Ursula Tranmer", names=["Ursula Tranmer"], version=1),
)


class Engine(Protocol):
    """An index that a test may change, and see what it did."""

    writer: IndexWriter

    def index(self) -> SearchIndex: ...


def found(engine: Engine, *clauses: Clause, **more: object) -> list[int]:
    answer = engine.index().search(Query(wanted=clauses, **more))  # type: ignore[arg-type]
    return [hit.pk for hit in answer.hits]


class EngineContract:
    """To be subclassed with a fixture `engine` that is empty."""

    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        engine.writer.apply(upserts=DOCUMENTS, deletes=(), upto_seq=10)
        return engine

    @pytest.mark.parametrize(
        ("clauses", "pks"),
        [
            ([Clause("storm")], {1}),
            ([Clause("HARBOURS")], {1, 3}),
            ([Clause("harbour"), Clause("storm")], {1}),
            ([Clause("harbour"), Clause("ferry")], set()),
            ([Clause("storms came back", is_phrase=True)], {1}),
            ([Clause("came storms", is_phrase=True)], set()),
            ([Clause("O'Brien")], {2}),
            ([Clause("geese")], {4}),
            ([Clause("brandt")], {4}),
            ([Clause("fewer")], {4}),
            ([Clause("achterberg")], {5}),
            ([Clause("montreal")], {8}),
            ([Clause("election")], {5, 8}),
            ([Clause("東京")], {6}),
            ([Clause("東京都で2020年", is_phrase=True)], {6}),
            ([Clause("京東")], set()),
            ([Clause("雨")], {6}),
            ([Clause("قرأ")], {7}),
            ([Clause("كتاب")], {7}),
            ([Clause("harb", is_unfinished=True)], {1, 3}),
            ([Clause("harb")], set()),
            ([Clause("…!")], set(range(1, 9))),
        ],
    )
    def test_words_are_found(self, filled: Engine, clauses: list[Clause], pks: set[int]) -> None:
        assert set(found(filled, *clauses)) == pks

    def test_one_of_several_words_is_enough_where_that_is_asked_for(self, filled: Engine) -> None:
        assert set(found(filled, Clause("storm"), Clause("ferry"), is_any=True)) == {1, 2}

    def test_what_is_unwanted_is_left_out(self, filled: Engine) -> None:
        assert found(filled, Clause("harbour"), unwanted=(Clause("storm"),)) == [3]
        assert 1 not in found(filled, unwanted=(Clause("came back", is_phrase=True),))

    @pytest.mark.parametrize(
        ("filters", "pks"),
        [
            (Filters(sections=frozenset({1})), {1, 2}),
            (Filters(sections=frozenset({1, 2})), {1, 2, 3}),
            (Filters(topics=frozenset({2}), sections=frozenset({1})), {1, 2}),
            (Filters(people=frozenset({6})), {5}),
            (Filters(years=frozenset({2016, 2017})), {4, 5}),
            (Filters(work_types=frozenset({"opinion"})), {3}),
            (Filters(published_from=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), {1, 6, 7, 8}),
            (Filters(published_until=dt.datetime(2017, 1, 5, 12, tzinfo=dt.UTC)), {5}),
            (Filters(published_from=dt.datetime(2017, 1, 5, 12, tzinfo=dt.UTC), years=frozenset({2017})), {4}),
        ],
    )
    def test_filters_narrow_down(self, filled: Engine, filters: Filters, pks: set[int]) -> None:
        assert set(found(filled, filters=filters)) == pks

    def test_numbers_alone_are_ranked_among_those_that_are_asked_for(self, filled: Engine) -> None:
        index, query = filled.index(), Query(wanted=(Clause("harbour"),))

        assert [pk for pk, _ in index.ranked(query).numbers] == [hit.pk for hit in index.search(query).hits] == [1, 3]
        assert [pk for pk, _ in index.ranked(replace(query, among=frozenset({2, 3}))).numbers] == [3]
        assert index.ranked(replace(query, among=frozenset())).total == 0
        best = index.ranked(replace(query, limit=1))
        assert (len(best.numbers), best.total) == (1, 2)

    def test_so_many_beginnings_are_looked_for_as_are_asked_for(self, engine: Engine) -> None:
        words = [f"mar{letter}" for letter in "abcdefghijklmnopqrstuvwxy"]
        engine.writer.apply(upserts=[story(n, word) for n, word in enumerate(words, 1)], deletes=(), upto_seq=1)
        query = Query(wanted=(Clause("mar", is_unfinished=True),), limit=50)

        assert engine.index().ranked(query).total == query.most_beginnings == 20
        assert engine.index().ranked(replace(query, most_beginnings=100)).total == 25

    def test_two_numbers_are_committed_with_what_they_tell_of(self, engine: Engine) -> None:
        engine.writer.apply(upserts=DOCUMENTS, deletes=(), upto_seq=10, upto_draft=7)
        assert (engine.writer.checkpoint(), engine.writer.draft_checkpoint()) == (10, 7)
        assert (engine.index().checkpoint(), engine.index().draft_checkpoint()) == (10, 7)

    def test_a_title_counts_more_than_a_text(self, filled: Engine) -> None:
        assert found(filled, Clause("harbour")) == [1, 3]

    def test_words_that_stand_near_each_other_count_more(self, engine: Engine) -> None:
        between = "and so on and so forth " * 9
        near = story(1, "Boats", f"It was late. The ferry struck the old quay. It then sank. {between * 2}", year=2019)
        far = story(2, "Boats", f"The ferry was late. {between} It hit a rock. {between} The quay is old.", year=2020)
        engine.writer.apply(upserts=[near, far], deletes=(), upto_seq=1)

        assert found(engine, Clause("ferry"), Clause("quay")) == [1, 2]
        assert found(engine, Clause("ferry")) == [2, 1], "without a second word the newer one is first"

    def test_of_two_stories_that_are_alike_the_newer_one_comes_first(self, engine: Engine) -> None:
        alike = [story(number, "Tide tables", "High water", year=2000 + number) for number in (1, 12, 20, 3)]
        engine.writer.apply(upserts=alike, deletes=(), upto_seq=1)

        assert found(engine, Clause("tide")) == [20, 12, 3, 1]

    def test_results_come_in_the_order_of_dates_where_that_is_asked_for(self, filled: Engine) -> None:
        assert found(filled, Clause("harbour"), sort=Sort.OLDEST) == [3, 1]
        assert found(filled, Clause("harbour"), sort=Sort.NEWEST) == [1, 3]
        assert found(filled, filters=Filters(sections=frozenset({1, 2})))[-1] == 3, "without words: newest first"

    def test_pages_of_results_share_nothing_and_leave_nothing_out(self, engine: Engine) -> None:
        many = [story(number, "Tide tables", year=2000 + number % 9) for number in range(1, 46)]
        engine.writer.apply(upserts=many, deletes=(), upto_seq=1)

        pages = [found(engine, Clause("tide"), limit=20, offset=offset) for offset in (0, 20, 40)]

        assert [len(page) for page in pages] == [20, 20, 5]
        assert {pk for page in pages for pk in page} == set(range(1, 46))
        assert engine.index().search(Query(wanted=(Clause("tide"),), limit=1)).total == 45

    def test_facets_count_what_is_found(self, filled: Engine) -> None:
        answer = filled.index().search(Query(wanted=(Clause("harbour"),), facets=tuple(Facet)))

        assert dict(answer.facets[Facet.SECTION]) == {"1": 1, "2": 1}
        assert dict(answer.facets[Facet.TOPIC]) == {"1": 1, "2": 1}
        assert dict(answer.facets[Facet.YEAR]) == {"2020": 1, "2018": 1}
        assert dict(answer.facets[Facet.WORK_TYPE]) == {"opinion": 1}
        assert dict(answer.facets[Facet.PERSON]) == {"5": 1}

    def test_topics_and_people_are_found_by_their_names_and_only_when_asked_for(self, filled: Engine) -> None:
        assert found(filled, Clause("gales"), kind=Kind.TOPIC) == [1]
        assert found(filled, Clause("tranm", is_unfinished=True), kind=Kind.PERSON) == [5]
        assert found(filled, Clause("tranmer")) == []

    def test_a_hit_brings_the_text_for_its_passage(self, filled: Engine) -> None:
        (hit,) = filled.index().search(Query(wanted=(Clause("geese"),))).hits
        assert hit.text == "Fewer than ever"

    def test_a_document_that_is_written_again_takes_the_place_of_the_former(self, filled: Engine) -> None:
        filled.writer.apply(upserts=[story(1, "Calm")], deletes=[key_of(Kind.STORY, 2)], upto_seq=12)

        assert found(filled, Clause("storm")) == []
        assert found(filled, Clause("calm")) == [1]
        assert found(filled, Clause("ferry")) == []
        assert (filled.writer.checkpoint(), filled.index().checkpoint()) == (12, 12)

    def test_what_is_applied_twice_is_there_once(self, filled: Engine) -> None:
        before = sorted(filled.index().versions(Kind.STORY))

        filled.writer.apply(upserts=DOCUMENTS, deletes=(), upto_seq=10)

        assert sorted(filled.index().versions(Kind.STORY)) == before == [(pk, pk * 7) for pk in range(1, 9)]

    def test_nothing_of_a_batch_is_seen_when_it_fails(self, filled: Engine) -> None:
        def failing() -> Iterable[Document]:
            yield story(90, "Half of a batch")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            filled.writer.apply(upserts=failing(), deletes=[key_of(Kind.STORY, 1)], upto_seq=99)

        filled.writer.apply(upserts=(), deletes=(), upto_seq=11)
        assert found(filled, Clause("storm")) == [1]
        assert found(filled, Clause("batch")) == []
        assert filled.index().checkpoint() == 11

    def test_a_word_that_nobody_wrote_is_mended(self, engine: Engine) -> None:
        twice = [story(number, "Harbour master", "Überraschung Wahlkampf буря") for number in (1, 2)]
        engine.writer.apply(upserts=twice, deletes=(), upto_seq=1)
        index = engine.index()

        assert index.corrected("habrour") == "harbour"
        assert index.corrected("harbur") == "harbour"
        assert index.corrected("uberrashung") == "uberraschung"
        assert index.corrected("бупя") == "буря"
        assert index.corrected("harbour") is None
        assert index.corrected("zzzzzz") is None
        assert index.corrected("two words") is None

    def test_similar_stories_share_rare_words(self, engine: Engine) -> None:
        about = "The lighthouse keeper of Scar mended the foghorn"
        others = [story(number, f"Budget {number}", "The council voted on money and roads") for number in range(10, 40)]
        engine.writer.apply(
            upserts=[story(1, "Foghorn", about), story(2, "Scar light", about), *others], deletes=(), upto_seq=1
        )

        assert [pk for pk, _ in engine.index().similar(story(1, "Foghorn", about), limit=3)][:1] == [2]

    def test_an_index_that_was_never_filled_says_so(self, engine: Engine) -> None:
        assert engine.index().checkpoint() == -1
        assert found(engine, Clause("storm")) == []
