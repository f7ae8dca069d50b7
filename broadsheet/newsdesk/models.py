"""What the newsdesk keeps: which roles it has made, and the approval that stories wait for."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.models.workflows import AbstractGroupApprovalTask

from broadsheet.accounts.models import User
from broadsheet.pages.models import BasePage
from broadsheet.stories.permissions import edits_section_of, own_section_ids


class InstalledRole(models.Model):
    """A role that `install_roles` has made, with every right it has ever been given.

    A right that an admin took away again stays here and is not given twice; a group that was deleted stays deleted.
    """

    key = models.CharField(max_length=40, unique=True)
    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.key


class DeskApproval(AbstractGroupApprovalTask):
    """A step of a workflow: the chosen groups approve every story, section editors those of their own sections."""

    class Meta:
        verbose_name = _("desk approval")
        verbose_name_plural = _("desk approvals")

    def may_approve(self, obj: Any, user: User) -> bool:
        """Tell whether a story may be approved, edited and sent back by this user while it waits here."""
        return user.is_superuser or self._user_in_groups(user) or edits_section_of(user, obj)

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        return self.may_approve(obj, user)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        return not self.may_approve(obj, user)

    def user_can_lock(self, obj: Any, user: User) -> bool:
        return self.may_approve(obj, user)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        if not self.may_approve(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return waiting
        pages = BasePage.objects.filter(section__in=own_section_ids(user)).order_by()
        ids = pages.annotate(text_id=Cast("pk", models.CharField())).values("text_id")
        return waiting.filter(workflow_state__object_id__in=ids)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve; section editors approve what is in their sections.")
