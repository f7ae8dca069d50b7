"""Brings an older version of a front back: the undo that still works after publishing."""

from django.db import transaction
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.fronts.save_front import save_front
from broadsheet.publishing.publish_revision import publish_revision


@transaction.atomic
def restore_front(
    *, front: Front, version: Revision, user: User, seen_version: int | None, publish: bool = False
) -> Revision:
    """Keep the zones of an older version as the newest one, and publish it if wanted; return the new version.

    The versions in between stay in the history. Raises FrontChangedMeanwhileError as `save_front` does.
    """
    restored = save_front(
        section=front.section,
        zones=version.as_object().zones,
        user=user,
        seen_version=seen_version,
        brings_back=version,
    )
    if publish:
        publish_revision(revision=restored, user=user, previous=version)
    return restored
