"""Search: finds stories by every word, caption and byline, for readers and for the newsroom.

Owns: the search indexes of this node (DATA/search/ and DATA/search-newsroom/), the indexer, `/search/`, best bets.
May call: stories, topics, bylines, sections, photos, delivery, masthead, changes, kit.
"""
