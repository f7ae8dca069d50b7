"""Registers the room with Django, and has the roles made after each migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsdeskConfig(AppConfig):
    name = "broadsheet.newsdesk"
    label = "newsdesk"

    def ready(self) -> None:
        """Give pages their editors, assignments their weight, and install the roles after each migration."""
        from broadsheet.newsdesk.redirect_form import use_in_wagtails_views
        from broadsheet.newsdesk.story_panels import INFORMATION_PAGE_EDITOR, STORY_EDITOR
        from broadsheet.newsdesk.workflow.announcements import stand_in_for_wagtails_mails
        from broadsheet.newsdesk.workflow.given_stories import was_given
        from broadsheet.stories.models import InformationPage, Story
        from broadsheet.stories.permissions import register_ground_to_edit

        use_in_wagtails_views()
        register_ground_to_edit(was_given)
        Story.edit_handler = STORY_EDITOR
        InformationPage.edit_handler = INFORMATION_PAGE_EDITOR
        stand_in_for_wagtails_mails()
        post_migrate.connect(_after_migration, sender=self, dispatch_uid="install_roles")


def _after_migration(*, plan: Any = None, **details: Any) -> None:
    from broadsheet.newsdesk.install_roles import install_roles

    install_roles()
