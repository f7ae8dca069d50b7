"""The desk's queue of agencies' items: reading, setting aside, making stories, and the sources they come from.

Owns: views, forms and notices. What is kept and done is the wire room's.
"""
