"""Registers the room with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "broadsheet.search"
    label = "search"

    def ready(self) -> None:
        """Begin to take notes of what the newsroom saves."""
        from broadsheet.search.newsroom.record_changes import record_changes

        record_changes()
