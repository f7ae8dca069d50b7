"""Makes a draft of a story's text, to write another from."""

from django.db import transaction

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.new_story import shelf_for_new_story
from broadsheet.pages.models import BasePage
from broadsheet.publishing.hindrances import HinderedError
from broadsheet.stories.models import Story
from broadsheet.wire.hold_embargo import agency_embargo

SLUG_LENGTH = 255


@transaction.atomic
def duplicate_story(*, story: Story, by: User) -> Story:
    """Return a new draft on this month's shelf with the newest text of a story, which is `by`'s.

    It has none of the story's history: no dates, embargo, notes, versions or comments. Whether `by` may begin stories
    is for the caller to have asked. Raises HinderedError under an agency's embargo, which a copy would be free of.
    """
    if reason := agency_embargo(story.pk, clock.now()):
        raise HinderedError(reason)
    newest = story.get_latest_revision_as_object()
    copy: Story = newest.copy(
        to=shelf_for_new_story(),
        update_attrs={
            "slug": free_slug(newest.slug),
            "owner": by,
            "go_live_at": None,
            "expire_at": None,
            "updated_at": None,
            "first_published_at": None,
            "last_published_at": None,
            "change_class": "",
            "change_note": "",
            "change_is_serious": False,
            "locked": False,
            "locked_by": None,
            "locked_at": None,
        },
        copy_revisions=False,
        keep_live=False,
        user=by,
        exclude_fields=["wagtail_admin_comments"],
    )
    return copy


def free_slug(slug: str) -> str:
    """Return the slug with the first number from 2 on that no story of this month has."""
    shelf = shelf_for_new_story()
    taken = set(BasePage.objects.child_of(shelf).filter(slug__startswith=slug[:200]).values_list("slug", flat=True))
    number = 2
    while (found := f"{slug[: SLUG_LENGTH - 5]}-{number}") in taken:
        number += 1
    return found
