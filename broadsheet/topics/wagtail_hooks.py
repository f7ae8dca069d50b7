"""What topics add to Wagtail: the names of acts in the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from broadsheet.topics.log_acts import register_acts


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    """Let the newsroom's history and audit name what is done to topics."""
    register_acts(registry)
