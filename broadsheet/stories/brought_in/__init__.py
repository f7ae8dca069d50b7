"""Text from elsewhere made a story's: HTML of archives and of agencies, taken apart into the blocks of a body.

Owns: what a reader of foreign text hands over as plain values, and how that becomes the value of a story's body.
May call: the kit. It knows nothing of the database, so all of it is tested with text alone.
"""
