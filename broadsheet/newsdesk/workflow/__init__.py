"""How a story goes from its writer to readers: stages, assignments, notes, locks.

Owns: DeskApproval, StoryAssignment, StoryNote and the newsroom page about a story's way (`stories/ID/desk/`).
"""
