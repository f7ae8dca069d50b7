"""Exporting: stored pages as files, which nginx or Caddy serve when the application is dead, or before they ask it.

Knows the page store and nothing of the database: it works on when the database is away.
"""
