"""Builds the newsroom's index anew beside the one that is searched in, part by part.

The indexer does one part between two looks at the readers' index, which must not wait for it.
"""

import shutil
from collections.abc import Iterator
from itertools import islice

from broadsheet.changes.selectors import newest_seq
from broadsheet.search.engine.tantivy_index import TantivyWriter
from broadsheet.search.index_home import IndexHome
from broadsheet.search.newsroom.documents import AT_ONCE, all_newsroom_documents
from broadsheet.search.newsroom.follow_newsroom import HEAP_BYTES, NewsroomFollower
from broadsheet.search.newsroom.unread import newest_number
from broadsheet.search.rebuild_index import sole_builder


def build_newsroom_index(home: IndexHome) -> Iterator[int]:
    """Build it, and have the newsroom search in it; yield after each part how many documents it had.

    Raises RebuiltElsewhereError.
    """
    with sole_builder(home):
        seq, number = newest_seq(), newest_number()  # before anything is read: what comes later may not be in it
        home.tidy()
        folder = home.begin()
        try:
            writer = TantivyWriter(folder, heap_bytes=HEAP_BYTES)
            try:
                documents = all_newsroom_documents()
                while some := list(islice(documents, AT_ONCE)):
                    writer.add(some)
                    yield len(some)
                writer.apply(upserts=(), deletes=(), upto_seq=seq, upto_draft=number)
            finally:
                writer.close()
            follower = NewsroomFollower(folder)
            try:
                while follower.apply():
                    yield 0
            finally:
                follower.close()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        home.promote(folder)
