"""The newsroom's index as web processes have it open, if it can be trusted."""

import datetime as dt
import logging
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.index_home import NEWSROOM, IndexHome
from broadsheet.search.newsroom.models import NewsroomChange
from broadsheet.search.open_index import NoIndexError, OpenIndex

BEHIND_MINUTES = 5
"""So long a change may wait before the index is not asked any more: whoever follows it seems to be dead."""
logger = logging.getLogger(__name__)


def newsroom_home() -> IndexHome:
    """Return where the newsroom's index of this node stands."""
    return IndexHome(Path(settings.BROADSHEET_DATA), name=NEWSROOM)


@cache
def _opened() -> OpenIndex:
    return OpenIndex(newsroom_home())


def close_newsroom_index() -> None:
    """Open it anew the next time, wherever it stands then."""
    _opened.cache_clear()


def newsroom_index() -> TantivyIndex | None:
    """Return the index as last committed; None when there is none, or it is far behind."""
    try:
        index = _opened().index()
    except NoIndexError:
        return None
    except (OSError, ValueError):
        logger.exception("The newsroom's search index cannot be opened, and the database is searched")
        return None
    return None if is_behind(index) else index


def is_behind(index: TantivyIndex) -> bool:
    """Whether something has waited for long to come into the index."""
    is_old = Q(at__lt=clock.now() - dt.timedelta(minutes=BEHIND_MINUTES))
    return (
        NewsroomChange.objects.filter(is_old, pk__gt=index.draft_checkpoint()).exists()
        or Change.objects.filter(is_old, seq__gt=index.checkpoint()).exists()
    )
