"""The stages between a draft and readers, in order, and what the newsroom calls them."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Stage(models.TextChoices):
    """Where a story waits: its label is the state that lists show."""

    DESK = "desk", _("At the desk")
    COPY = "copy", _("With copy")
    READY = "ready", _("Ready")

    @property
    def short(self) -> "StrOrPromise":
        """The stage as a place: what a story is sent to, what a column is called."""
        return SHORT[self]


SHORT: dict[Stage, "StrOrPromise"] = {
    Stage.DESK: _("Desk"),
    Stage.COPY: pgettext_lazy("stage of a story", "Copy"),
    Stage.READY: _("Ready"),
}
LEADS_TO: dict[Stage, "StrOrPromise"] = {
    Stage.DESK: _("Send to desk"),
    Stage.COPY: _("Send to copy"),
    Stage.READY: _("Mark as ready"),
}
"""What the button says that sends a story to a stage."""
