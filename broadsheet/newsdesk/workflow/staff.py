"""Who belongs to the newsroom, and who stands at a stage."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from broadsheet.accounts.models import User
from broadsheet.newsdesk.workflow.stages import Stage
from broadsheet.stories.attachments import Byline

if TYPE_CHECKING:
    from broadsheet.newsdesk.workflow.models import DeskApproval

SIGN_IN = Q(groups__permissions__codename="access_admin", groups__permissions__content_type__app_label="wagtailadmin")


def staff() -> "QuerySet[User]":
    """Return everybody who may sign in to the newsroom, by name."""
    people = User.objects.filter(Q(is_superuser=True) | SIGN_IN, is_active=True)
    return people.distinct().order_by("last_name", "first_name", "email")


def people_at(task: "DeskApproval", story: Any) -> "QuerySet[User]":
    """Return those for whom a story waits at a stage: the stage's groups, and the editors of the story's section."""
    there = Q(groups__in=task.groups.all())
    if task.stage != Stage.COPY and getattr(story, "section_id", None):
        there |= Q(edited_sections=story.section_id)
    return User.objects.filter(there, is_active=True).distinct().order_by("pk")


def writers_of(story: Any) -> "QuerySet[User]":
    """Return those whose story it is: who began it, and the people of its bylines who have a sign-in."""
    signed = Byline.objects.filter(story_id=story.pk).values("contributor__user")
    return User.objects.filter(Q(pk=story.owner_id) | Q(pk__in=signed), is_active=True).order_by("pk")


def concerned_with(story: Any) -> "QuerySet[User]":
    """Return those who are told what happens to a story: its writers, and who works on it."""
    signed = Byline.objects.filter(story_id=story.pk).values("contributor__user")
    mine = Q(pk=story.owner_id) | Q(pk__in=signed) | Q(story_assignments__story=story.pk)
    return User.objects.filter(mine, is_active=True).distinct().order_by("pk")
