"""The embargo board: what goes live when, what stands in its way, what failed, and moving or ending it.

Reads `publishing/selectors.py`; acts through the verbs of `publishing/`.
"""
