"""Registers the room with Django, and has the database's own guards of the record made after each migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class StoriesConfig(AppConfig):
    name = "broadsheet.stories"
    label = "stories"

    def ready(self) -> None:
        """Take the guards away while migrations run, and put them back."""
        pre_migrate.connect(_before_migrations, sender=self, dispatch_uid="remove_guards")
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="install_guards")


def _before_migrations(**details: Any) -> None:
    from broadsheet.stories.record_guards import remove_guards

    remove_guards()


def _after_migrations(**details: Any) -> None:
    from broadsheet.stories.record_guards import install_guards

    install_guards()
