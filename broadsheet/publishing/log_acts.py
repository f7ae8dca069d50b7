"""The newsroom's own acts in Wagtail's log, beside those that Wagtail writes itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

TOOK_DOWN = "broadsheet.take_down"
PUT_BACK = "broadsheet.put_back"
READ_TAKEN_DOWN_TEXT = "broadsheet.read_taken_down"
WITHDREW_NOTE = "broadsheet.withdraw_note"
WITHHELD_WORDS = "broadsheet.withhold_words"
MOVED_EMBARGO = "broadsheet.move_embargo"
CHANGED_OUTSIDE = "broadsheet.outside"
CHANGED_PHOTO = "broadsheet.change_photo"

LABELS: dict[str, Any] = {
    TOOK_DOWN: (_("Take down"), _("Taken down")),
    PUT_BACK: (_("Put back"), _("Put back as a draft")),
    READ_TAKEN_DOWN_TEXT: (_("Read what was taken down"), _("Read the text of a taken down story")),
    WITHDREW_NOTE: (_("Withdraw a note"), _("Withdrew a note to readers")),
    WITHHELD_WORDS: (_("Withhold words"), _("Withheld words of an earlier version")),
    MOVED_EMBARGO: (_("Move embargo"), _("Moved the embargo")),
    CHANGED_PHOTO: (_("Change a photo's words"), _("Changed the words of a photo")),
    CHANGED_OUTSIDE: (_("Change outside the newsroom"), _("Changed outside the newsroom")),
}
"""Act -> (its name in filters, what it says in a history)."""


def register_acts(registry: LogActionRegistry) -> None:
    """Tell Wagtail's log of our acts."""
    for act, (label, message) in LABELS.items():
        registry.register_action(act, label, message)
