"""Who publishes, moves and cancels what is scheduled: whoever may do so in its own editor."""

from functools import cached_property

from wagtail.models import PagePermissionTester

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.fronts.permissions import ARRANGE_ANY, arrangeable_sections, may_arrange
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import RecordedKind
from broadsheet.stories.story_permission_tester import StoryPermissionTester

ALL = frozenset({"change", "publish"})


class Rights:
    """What one user may do with many plans, asked of the database once."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def _sections(self) -> set[int]:
        return set(arrangeable_sections(self.user).values_list("pk", flat=True))

    def arranges(self, front: Front) -> bool:
        """Tell whether the user arranges a front, and so decides when it goes live."""
        return self.user.has_perm(ARRANGE_ANY) or front.section_id in self._sections

    def over(self, page: BasePage, kind: RecordedKind) -> frozenset[str]:
        """Return Wagtail's verbs that the user holds over a page; section editors hold theirs over stories only."""
        if self.user.is_superuser:
            return ALL
        tester = StoryPermissionTester if kind == RecordedKind.STORY else PagePermissionTester
        return frozenset(tester(self.user, page).permissions)


def may_decide(user: User, scheduled: BasePage | Front) -> bool:
    """Tell whether a user publishes, moves and cancels this now; what is taken down, nobody does."""
    if isinstance(scheduled, Front):
        return may_arrange(user, scheduled.section)
    return bool(scheduled.permissions_for_user(user).can_publish())
