"""Topics: subjects, persons, places and organisations that stories are about.

Owns: Topic, its synonyms and redirects; finding topics in a text.
May call: kit.
"""
