"""Sections: the parts of the paper, and who edits them.

Owns: Section.
May call: kit.
"""
