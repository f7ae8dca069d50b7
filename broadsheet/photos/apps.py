"""Registers the room with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete

from broadsheet.photos.tasks import refresh_renditions_of


class PhotosConfig(AppConfig):
    name = "broadsheet.photos"
    label = "photos"

    def ready(self) -> None:
        """Follow deletions by signal: the newsroom's bulk actions delete without calling `Photo.delete`."""
        post_delete.connect(_remove_renditions, sender=self.get_model("Photo"), dispatch_uid="photos.remove_renditions")


def _remove_renditions(*, instance: Any, **_: Any) -> None:
    """Have the public renditions of a deleted photo removed."""
    refresh_renditions_of.enqueue(photo_id=instance.pk)
