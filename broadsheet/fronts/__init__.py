"""Fronts: the front page and the section fronts, curated by hand and filled by rule.

Owns: HomePage, Front, its zones.
May call: stories and all rooms below.
"""
