"""Archive: bringing other systems' stories in, with nothing lost.

Owns: importers, the record of imported files.
May call: stories, photos and all rooms below.
"""
