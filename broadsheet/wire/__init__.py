"""Wire: what agencies send, read into a queue for the desk, and made into drafts with the agency's credit.

Owns: sources, items with their versions and photos, readers of RSS, Atom, JSON Feed, ninjs, NewsML-G2 and tables.
May call: stories, photos and all rooms below. The newsroom's own views of it are newsdesk's.
"""
