"""Accounts: the people who sign in, staff and readers.

Owns: User.
May call: kit.
"""
