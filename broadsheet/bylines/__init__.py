"""Bylines: the people, agencies and teams who write, and their pages.

Owns: Contributor.
May call: kit.
"""
