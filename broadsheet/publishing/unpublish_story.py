"""Takes a story off the site; it stays in the newsroom as a draft."""

from wagtail.actions.unpublish_page import UnpublishPageAction

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.publish_story import locked
from broadsheet.publishing.update_story import NotPublishedError
from broadsheet.stories.models import Story


def unpublish_story(
    *, story: Story, user: User | None, set_expired: bool = False, occasion: Occasion | None = None
) -> None:
    """Take a published story off the site, with any schedule of it; raises NotPublishedError.

    `set_expired` says that its date did it and not a person.
    """
    with write_transaction(), on_occasion(occasion or Occasion(by=user)):
        published = locked(story)
        if not published.live:
            raise NotPublishedError
        log_action = "wagtail.unpublish.scheduled" if set_expired else True
        UnpublishPageAction(published, set_expired=set_expired, user=user, log_action=log_action).execute(
            skip_permission_checks=True
        )
    story.refresh_from_db()
