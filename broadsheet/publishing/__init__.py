"""Publishing: the act of making a story public, whole or not at all.

Owns: the newsroom's transaction, the place of a story in the archive.
May call: stories and all rooms below.
"""
