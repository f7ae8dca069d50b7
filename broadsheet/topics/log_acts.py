"""The newsroom's acts upon topics in Wagtail's log, and their names there."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

MERGED = "broadsheet.topic_merge"
SPLIT = "broadsheet.topic_split"
RENAMED = "broadsheet.topic_rename"
MOVE_UNDONE = "broadsheet.topic_undo"

LABELS: dict[str, Any] = {
    MERGED: (_("Merge topics"), _("Merged into another topic")),
    SPLIT: (_("Split a topic"), _("Moved stories to another topic")),
    RENAMED: (_("Rename a topic"), _("Renamed the topic")),
    MOVE_UNDONE: (_("Undo a merge or split"), _("Undid a merge or a split")),
}
"""Act -> (its name in filters, what it says in a history)."""


def register_acts(registry: LogActionRegistry) -> None:
    """Tell Wagtail's log of these acts."""
    for act, (label, message) in LABELS.items():
        registry.register_action(act, label, message)
