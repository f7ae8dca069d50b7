"""What the newsdesk keeps: which roles it has made, and what its parts `workflow` and `notifications` keep."""

from django.contrib.auth.models import Group
from django.db import models

from broadsheet.newsdesk.notifications.models import Notice, NoticeSetting, OutgoingMail
from broadsheet.newsdesk.workflow.models import DeskApproval, InstalledStage, StoryAssignment, StoryNote

__all__ = [
    "DeskApproval",
    "InstalledRole",
    "InstalledStage",
    "Notice",
    "NoticeSetting",
    "OutgoingMail",
    "StoryAssignment",
    "StoryNote",
]


class InstalledRole(models.Model):
    """A role that `install_roles` has made, with every right it has ever been given.

    A right that an admin took away again stays here and is not given twice; a group that was deleted stays deleted.
    """

    key = models.CharField(max_length=40, unique=True)
    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.key
