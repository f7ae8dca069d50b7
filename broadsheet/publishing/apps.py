"""Registers the room with Django and its receivers with Wagtail's signals of publication."""

from django.apps import AppConfig
from wagtail.signals import page_published, page_unpublished, published


class PublishingConfig(AppConfig):
    name = "broadsheet.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Listen to publications."""
        from broadsheet.publishing import receivers

        page_published.connect(receivers.page_was_published, dispatch_uid="page_was_published")
        page_unpublished.connect(receivers.page_was_unpublished, dispatch_uid="page_was_unpublished")
        published.connect(receivers.front_was_published, dispatch_uid="front_was_published")
