"""What publishing adds to Wagtail: the names of its acts in the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from broadsheet.publishing.log_acts import register_acts


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    """Let the newsroom's history and audit name our own acts."""
    register_acts(registry)
