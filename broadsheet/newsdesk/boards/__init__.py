"""Boards: what the newsroom is working on, by stage and by due time.

Reads only, but for giving stories to people. Other boards stand beside these by `registry.py`.
"""
