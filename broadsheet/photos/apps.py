"""Registers the room with Django."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "broadsheet.photos"
    label = "photos"
