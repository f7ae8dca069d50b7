"""Registers the room with Django."""

from django.apps import AppConfig


class BylinesConfig(AppConfig):
    name = "broadsheet.bylines"
    label = "bylines"
