"""Parts of the story's editor that show something and hold no field."""

from wagtail.admin.panels import Panel

from broadsheet.kit.wall_time import told
from broadsheet.newsdesk.autosave_hooks import SAVED
from broadsheet.pages.models import BasePage


class KeptTyping(Panel):
    """Where typing/keep.js offers what was typed here, never reached the server, and is kept in the browser."""

    class BoundPanel(Panel.BoundPanel):
        """The place in one form."""

        template_name = "newsdesk/kept_typing.html"

        @property
        def saved(self) -> list[str]:
            """Names of this person's forms that arrived."""
            names: list[str] = self.request.session.get(SAVED, [])
            return names


class WaitingChanges(Panel):
    """Says that readers do not see the newest version of a published story yet, and leads to what will change.

    Stands hidden in the form of a published story without changes; story-editor.js shows it after the first of them.
    """

    class BoundPanel(Panel.BoundPanel):
        """The notice in one story's form."""

        template_name = "newsdesk/waiting_changes.html"

        def is_shown(self) -> bool:
            """Tell whether readers see the story at all."""
            return bool(self.instance.pk and self.instance.live)

        @property
        def changes_wait(self) -> bool:
            """Tell whether there is a version that readers do not see yet."""
            waits: bool = self.instance.has_unpublished_changes
            return waits

        @property
        def seen_since(self) -> str:
            """When the version that readers see was published, in the site's time; a draft itself does not know."""
            moments = BasePage.objects.filter(pk=self.instance.pk).values_list("last_published_at", flat=True)
            moment = moments.first() or self.instance.first_published_at
            return told(moment, form="j F Y, H:i") if moment else ""
