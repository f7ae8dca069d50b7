"""Notices to people of the newsroom: kept for reading there, and sent by mail through an outbox.

Owns: Notice, NoticeSetting, OutgoingMail. `notify.py` is what others call.
"""
