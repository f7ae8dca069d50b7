"""The newsroom's index for tests: in a folder of its own, brought up to date when a test says so."""

from broadsheet.search.newsroom.newsroom_indexer import NewsroomIndexer
from broadsheet.search.newsroom.open_newsroom import newsroom_home


def bring_up_to_date() -> None:
    """Do what the indexer would do until there is nothing to do."""
    indexer = NewsroomIndexer(newsroom_home())
    while indexer.step():
        pass
    indexer.close()
