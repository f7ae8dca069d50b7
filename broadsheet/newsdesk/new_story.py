"""Where a new story begins: on the shelf of this month."""

from wagtail.permissions import policy_registry

from broadsheet.accounts.models import User
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import MonthPage
from broadsheet.stories.shelves import month_page, today


def shelf_for_new_story() -> MonthPage:
    """Return this month's page, made if this is its first story. Publication moves the story to its own day."""
    return month_page(today())


def may_write(user: User) -> bool:
    """Tell whether a user may begin stories."""
    may: bool = policy_registry.get_by_type(BasePage).user_has_permission(user, "add")
    return may


def works_on_stories(user: User) -> bool:
    """Tell whether stories are a user's work: whether they begin, or edit, any."""
    may: bool = policy_registry.get_by_type(BasePage).user_has_any_permission(user, ["add", "change"])
    return may
