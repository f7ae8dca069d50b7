"""Feeds: the paper as machines read it.

Owns: feeds, sitemaps, robots.txt and the other small files, the WebSub hub, oEmbed, what partners take over.
May call: stories and all rooms below.
"""
