"""Registers the room with Django, and its receiver of redirects that editors save."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class PagesConfig(AppConfig):
    name = "broadsheet.pages"
    label = "pages"

    def ready(self) -> None:
        """Listen to redirects."""
        from wagtail.contrib.redirects.models import Redirect

        from broadsheet.pages import receivers

        post_save.connect(receivers.redirect_was_saved, sender=Redirect, dispatch_uid="redirect_was_saved")
        post_delete.connect(receivers.redirect_was_deleted, sender=Redirect, dispatch_uid="redirect_was_deleted")
