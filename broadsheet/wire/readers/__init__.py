"""Readers of agencies' formats, each of them pure: bytes in, items or a refusal out.

Owns: RSS, Atom, JSON Feed, ninjs 1 to 3, NewsML-G2, tables (CSV, TSV), and telling them apart by what is in them.
May call: the kit and the libraries that parse. Everything here is fed by strangers.
"""
