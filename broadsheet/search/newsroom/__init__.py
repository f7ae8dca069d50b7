"""The newsroom's own search: everything that Wagtail searches, as it was last saved, in an index of its own.

Owns: DATA/search-newsroom/, the list of what the newsroom saved, the backend that Wagtail's views and choosers ask.
"""
