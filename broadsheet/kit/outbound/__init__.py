"""Requests to addresses that people type in: feeds, pictures. Each may lead anywhere, also into our own house.

Owns: which addresses may be asked, and the request itself, bounded in size and time.
May call: the standard library. No models, no settings: limits and exceptions are given by who asks.
"""
