"""The newsroom's pages for keeping topics: merging, splitting, renaming, undoing, near-duplicates.

Each says what will change before it changes anything. The acts themselves are verbs of `broadsheet/topics/`.
"""
