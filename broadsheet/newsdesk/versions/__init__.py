"""A story's versions as the newsroom uses them: comparing any two, and bringing one back as a draft.

Drafts are Wagtail's revisions; what readers saw is the record's. Nothing here publishes.
"""
