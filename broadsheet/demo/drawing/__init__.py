"""For: drawing the invented paper's pictures, so that the demo ships nothing that is not our own.

Owns: the drawing library and one function per picture. May call: Pillow, Playwright; nothing of the newsroom.
"""
