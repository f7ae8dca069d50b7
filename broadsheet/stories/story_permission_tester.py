"""What a user may do with a story: what the page tree, its section and an assignment grant, what its past forbids."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester

from broadsheet.accounts.models import User
from broadsheet.stories.permissions import SECTION_EDITOR_RIGHTS, edits_section_of, has_ground_to_edit
from broadsheet.stories.record import PublishedVersion, RecordedKind
from broadsheet.stories.taken_down import is_taken_down


def was_ever_published(page: Any) -> bool:
    """Tell whether readers see a story or ever saw it."""
    if page.live or page.first_published_at:
        return True
    return PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=page.pk).exists()


class StoryPermissionTester(PagePermissionTester):
    """What a user may do with a story: what the page tree grants, and what its section does."""

    def __init__(self, user: User, page: Any) -> None:
        self.permissions: set[str] = set()
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and edits_section_of(user, page):
            self.permissions = self.permissions | SECTION_EDITOR_RIGHTS

    @cached_property
    def is_held_back(self) -> bool:
        """Whether the story is taken down: then nobody may do anything with it but put it back."""
        return not self.page.live and bool(self.page.first_published_at) and is_taken_down(self.page.pk)

    def can_edit(self) -> bool:
        """Allow also those who were given the story; refuse what is taken down."""
        may = bool(super().can_edit()) or (self.user.is_active and has_ground_to_edit(self.user, self.page))
        return may and not self.is_held_back

    def can_publish(self) -> bool:
        """Refuse what is taken down."""
        return bool(super().can_publish()) and not self.is_held_back

    def can_submit_for_moderation(self) -> bool:
        """Refuse what is taken down."""
        return bool(super().can_submit_for_moderation()) and not self.is_held_back

    def can_view_revisions(self) -> bool:
        """Refuse what is taken down: the versions hold its text."""
        return bool(super().can_view_revisions()) and not self.is_held_back

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Refuse what readers ever saw: it is unpublished or taken down, and stays on the record."""
        return not was_ever_published(self.page) and bool(super().can_delete(ignore_bulk))
