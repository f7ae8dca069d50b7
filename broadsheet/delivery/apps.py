"""The room as a Django app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery of readers' pages."""

    name = "broadsheet.delivery"

    def ready(self) -> None:
        """Register the room's checks."""
        from broadsheet.delivery import checks  # noqa: F401
