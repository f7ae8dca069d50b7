"""Search: finds stories by every word, caption and byline, for readers and for the newsroom.

Owns: the search index of this node (DATA/search/), the indexer that follows the change log, `/search/`, best bets.
May call: stories, topics, bylines, sections, photos, delivery, masthead, changes, kit.
"""
