"""Masthead: the paper's identity and the look of every page.

Owns: name, logo, navigation, base templates, components, design tokens, slots.
May call: kit.
"""
