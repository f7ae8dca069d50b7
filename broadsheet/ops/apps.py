"""Registers the room with Django, and its checks."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "broadsheet.ops"
    label = "ops"

    def ready(self) -> None:
        """Load the checks; Django registers them as they are imported."""
        from broadsheet.ops import checks  # noqa: F401
