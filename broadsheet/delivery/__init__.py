"""Delivery: readers' pages, rendered once, stored, and served without the database.

Owns: the page store, the layer in front of Django, the follower that keeps the store true, the purging of CDNs.
May call: changes (the log it follows), kit. Knows nothing of stories: what a page depends on it learns by its keys.
"""
