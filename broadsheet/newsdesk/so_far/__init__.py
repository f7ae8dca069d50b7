"""Keeping the story so far in the newsroom: its form, and a page that proposes entries.

What it may propose is read by `stories/so_far_selectors.py`; adding is the verb `stories/add_so_far_entries.py`.
"""
