"""Photos: pictures with caption, credit, rights and alt text, safe to accept and quick to show.

Owns: Photo, its intake, its public renditions.
May call: kit.
"""
