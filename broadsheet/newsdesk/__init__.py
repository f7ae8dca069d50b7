"""Newsdesk: the newsroom's own views in the admin.

Owns: story list, dashboard, roles, editor's aids; the only room that imports Wagtail's admin views.
May call: every room but config.
"""
