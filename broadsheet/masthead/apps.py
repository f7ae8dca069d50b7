"""Registers the room with Django, and sees to it that the paper has a name and menus, however empty."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class MastheadConfig(AppConfig):
    name = "broadsheet.masthead"
    label = "masthead"

    def ready(self) -> None:
        """Listen to the end of migrations."""
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="make_masthead")


def _after_migrations(using: str, **details: Any) -> None:
    """Make the rows that every page reads: a page that is rendered to be kept may not write them."""
    from broadsheet.masthead.models import Masthead, Navigation

    tables = set(connections[using].introspection.table_names())
    if {Masthead._meta.db_table, Navigation._meta.db_table, "change_log"} <= tables:
        Masthead.load()
        Navigation.load()
