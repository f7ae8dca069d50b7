"""The house as data: which rooms are installed, and what each slot of the templates holds."""

ROOMS = [
    "broadsheet.ops",
    "broadsheet.demo",
    "broadsheet.newsdesk",
    "broadsheet.fronts",
    "broadsheet.search",
    "broadsheet.wire",
    "broadsheet.feeds",
    "broadsheet.archive",
    "broadsheet.publishing",
    "broadsheet.stories",
    "broadsheet.pages",
    "broadsheet.photos",
    "broadsheet.bylines",
    "broadsheet.sections",
    "broadsheet.topics",
    "broadsheet.accounts",
    "broadsheet.delivery",
    "broadsheet.masthead",
    "broadsheet.changes",
]
"""Installed in this order; templates of an earlier room win over those of a later one."""

SLOTS: dict[str, list[str]] = {
    "head_links": ["feeds/head_links.html"],
    "header_search": ["search/header_search.html"],
    "header_account": [],
    "story_end": [],
    "comments": [],
    "front_aside": [],
    "topic_most_read": [],
}
"""Slot name -> templates rendered there, in this order. A room that fills a place in another's page is named here
and nowhere else; a slot without templates renders nothing."""
