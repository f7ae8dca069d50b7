"""The room as a Django app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery of readers' pages."""

    name = "broadsheet.delivery"
