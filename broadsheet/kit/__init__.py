"""Kit: pure functions that any room may use.

Owns: clock, keyset paging, text folding, HTML cleaning; no models, no Wagtail.
May call: nothing of ours.
"""
