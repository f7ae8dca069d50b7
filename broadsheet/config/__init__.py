"""Config: the settings, the URL map and which rooms stand in the house.

Owns: settings.py, urls.py, rooms.py; no models.
May call: every room, by name.
"""
