"""Who has a story that waits at a stage, said where it cannot be edited."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from broadsheet.accounts.models import User
from broadsheet.kit.wall_time import told


class StageLock(WorkflowLock):
    """A story belongs to those who stand at its stage; others read, and see with whom it is and since when."""

    def get_message(self, user: User) -> Any:
        """Return a sentence for those who may not edit the story now."""
        if not self.for_user(user):
            return None
        state = self.object.current_workflow_task_state
        return format_html(
            # Sentences for translators whole: the stage is bold.
            _("{stage} since {since}. Those who stand there edit it now; you can read it, and leave notes."),
            stage=format_html("<b>{}</b>", self.task.get_stage_display()),
            since=told(state.started_at, form="j M, H:i") if state else "",
        )

    def get_locked_by(self, user: User, can_lock: bool = False) -> Any:
        """Return the stage that has the story."""
        return super().get_locked_by(user, can_lock) if can_lock else self.task.get_stage_display()
