"""Stories that somebody was given: while they are theirs to work on, they may edit them."""

from collections.abc import Iterable

from broadsheet.accounts.models import User
from broadsheet.newsdesk.workflow.models import StoryAssignment
from broadsheet.pages.models import BasePage


def was_given(user: User, story: BasePage) -> bool:
    """Tell whether a story is assigned to a user and has not come out since."""
    return bool(given_among(user, [story.pk]))


def given_among(user: User, story_ids: Iterable[int]) -> set[int]:
    """Return those of the stories that are assigned to a user and have not come out since."""
    given = StoryAssignment.objects.unfinished().filter(assignee=user.pk, story__in=list(story_ids))
    return set(given.values_list("story_id", flat=True))
