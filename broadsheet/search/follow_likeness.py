"""Finds the stories that read like those which have changed, as soon as the index of this node holds them.

Each published story gets a few others, older than itself or as old. Those get no new ones in return: a story that is
published makes no other page old. What is found is noted in the database, where every node reads the same.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import changes_after, newest_seq
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.search.documents import published_pks, story_documents
from broadsheet.search.engine.interface import SearchIndex
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.stories.models import Story
from broadsheet.stories.note_similar import note_similar_stories

FOLLOWER = "search likeness"
CHANGES_AT_ONCE = 50
MOST_SIMILAR = 6
LEAST_LIKENESS = 0.15
"""Of how much a story is like itself. Below it two stories share little but words that stand in many."""
MOST_OF_A_CHANGE = 20
"""A change of more stories than this moves or imports them; `search relate` is for who imports."""
NEWEST = 500
PAGE = "a"


def follow_likeness(folder: Path | None) -> bool:
    """Note what the next changed stories are like, by the index in a folder; tell whether there was anything to do."""
    if folder is None:
        return False
    position = FollowerPosition.objects.filter(follower=FOLLOWER).values_list("seq", flat=True).first()
    if position is None:
        _begin(folder)
        return True
    changes = changes_after(position, limit=CHANGES_AT_ONCE)
    if not changes:
        return False
    pks = _stories_of(changes)
    found = similar_to(pks, TantivyIndex(folder)) if pks else {}
    gone = pks - set(Story.objects.filter(pk__in=pks, live=True).values_list("pk", flat=True))
    with write_transaction():
        rows = FollowerPosition.objects.filter(follower=FOLLOWER, seq=position)
        if rows.update(seq=changes[-1].seq):  # else the indexer of another node was first
            note_similar_stories(found=found, gone=gone)
    return True


def relate_all(*, index: SearchIndex, on_story: Callable[[], None] = lambda: None) -> int:
    """Note for every published story which others read like it; return how many have others now."""
    after, changed = 0, 0
    while pks := published_pks(after=after):
        changed += note_similar_stories(found=similar_to(pks, index))
        after = pks[-1]
        for _ in pks:
            on_story()
    return changed


def similar_to(pks: Collection[int], index: SearchIndex) -> Mapping[int, Sequence[int]]:
    """Return for each of these stories that readers can see which others read like it, the most similar one first."""
    found = {}
    for document in story_documents(pks):
        alike = index.similar(document, limit=MOST_SIMILAR)
        found[document.pk] = [pk for pk, likeness in alike if likeness >= LEAST_LIKENESS]
    every = {pk for alike in found.values() for pk in alike}
    known = set(Story.objects.filter(pk__in=every, live=True).values_list("pk", flat=True))
    return {pk: [one for one in alike if one in known] for pk, alike in found.items()}


def _begin(folder: Path) -> None:
    """Begin with the newest stories, which most readers open; `search relate` is for all others."""
    seq = newest_seq()
    newest = Story.objects.filter(live=True).order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    note_similar_stories(found=similar_to(list(newest[:NEWEST]), TantivyIndex(folder)))
    FollowerPosition.objects.get_or_create(follower=FOLLOWER, defaults={"seq": seq})


def _stories_of(changes: Iterable[Change]) -> set[int]:
    pks: set[int] = set()
    for change in changes:
        named = {int(key[2:]) for key in change.keys if key.startswith(f"{PAGE}:") and key[2:].isdecimal()}
        if len(named) <= MOST_OF_A_CHANGE:
            pks |= named
    return pks
