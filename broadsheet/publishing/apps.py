"""Registers the room with Django and its one receiver with Wagtail's publish signal."""

from django.apps import AppConfig
from wagtail.signals import page_published


class PublishingConfig(AppConfig):
    name = "broadsheet.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Listen to publications; the receiver does the one thing that Wagtail cannot."""
        from broadsheet.publishing.shelve_first_publication import (
            shelve_first_publication,
        )

        page_published.connect(shelve_first_publication, dispatch_uid="shelve_first_publication")
