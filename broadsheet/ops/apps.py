"""Registers the room with Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "broadsheet.ops"
    label = "ops"
