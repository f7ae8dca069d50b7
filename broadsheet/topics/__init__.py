"""Topics: subjects, persons, places and organisations that stories are about.

Owns: Topic, its facts, synonyms and redirects; finding topics in a text; moving stories between topics.
May call: changes, kit.
"""
