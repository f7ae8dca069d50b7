"""Registers the room with Django."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "broadsheet.changes"
    label = "changes"
