"""Feeds: the paper as machines read it.

Owns: RSS, Atom and JSON feeds with the whole text of stories.
May call: stories and all rooms below.
"""
