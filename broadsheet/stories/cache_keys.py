"""Surrogate keys of stories and of the lists they stand in (docs/reference/surrogate-keys.md)."""

from typing import Any

from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.topics.cache_keys import topic_list_key

LATEST = "l:latest:0"
CORRECTIONS = "l:corrections:0"


def front_key(pk: int) -> str:
    """Return the key of how a front is arranged."""
    return f"l:front:{pk}"


def new_front_key(section_id: int | None) -> str:
    """Return the key of whether somebody has arranged a front for the section, or the front page (None)."""
    return f"l:newfront:{section_id or 0}"


def section_list_key(pk: int) -> str:
    """Return the key of which stories a section has, and in what order."""
    return f"l:section:{pk}"


def contributor_list_key(pk: int) -> str:
    """Return the key of which stories carry a contributor's name."""
    return f"l:by:{pk}"


def month_list_key(month: str) -> str:
    """Return the key of which stories a month (`2016-10`) has."""
    return f"l:month:{month}"


def work_list_key(work_type: str) -> str:
    """Return the key of which stories are of a type of work, such as opinion."""
    return f"l:work:{work_type}"


def series_key(pk: int) -> str:
    """Return the key of a series as its stories show it: name, address, parts and their order, how many are planned."""
    return f"se:{pk}"


def series_page_key(pk: int) -> str:
    """Return the key of what only a series' own page shows: description and photo."""
    return f"sep:{pk}"


def so_far_key(*, topic_id: int | None = None, series_id: int | None = None) -> str:
    """Return the key of the story so far of a topic or of a series, whether there is one or not."""
    return f"sf:topic:{topic_id}" if topic_id is not None else f"sf:series:{series_id}"


def similar_key(pk: int) -> str:
    """Return the key of which stories read like a story."""
    return f"like:{pk}"


def lists_of(content: dict[str, Any], month: str) -> set[str]:
    """Return the keys of the lists in which a published story with this recorded content stands."""
    lists = {LATEST, work_list_key(content["work_type"]), month_list_key(month)}
    if content["section_id"]:
        lists.add(section_list_key(content["section_id"]))
    lists |= {topic_list_key(pk) for pk in content["topics"]}
    return lists | {contributor_list_key(row[0]) for row in content["bylines"]}


def is_noted(change_class: str) -> bool:
    """Tell whether a change of this class stands on the page of corrections."""
    return change_class in NOTED_CLASSES
