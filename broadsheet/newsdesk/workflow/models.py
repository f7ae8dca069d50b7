"""The stages that a story passes, who has it until when, and what was said about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState
from wagtail.models.workflows import AbstractGroupApprovalTask

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.workflow.forms import NoteForm
from broadsheet.newsdesk.workflow.locks import StageLock
from broadsheet.newsdesk.workflow.stages import LEADS_TO, Stage
from broadsheet.pages.models import BasePage
from broadsheet.stories.permissions import edits_section_of, own_section_ids
from broadsheet.stories.story_permission_tester import StoryPermissionTester

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

APPROVE, SEND_BACK, RETURN_TO_WRITER = "approve", "back", "reject"


class DeskApproval(AbstractGroupApprovalTask):
    """A stage of a story's way: who may edit it meanwhile, and send it on or back.

    The chosen groups do so with every story. Section editors do it at the desk with those of their own sections; what
    is ready goes on by whoever may publish the story, whatever their group.
    """

    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.DESK)

    lock_class = StageLock
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "stage"]

    class Meta:
        verbose_name = _("desk approval")
        verbose_name_plural = _("desk approvals")

    def may_approve(self, obj: Any, user: User) -> bool:
        """Tell whether a story may be approved, edited and sent back by this user while it waits here."""
        if user.is_superuser:
            return user.is_active
        if self.stage == Stage.READY:
            return bool(StoryPermissionTester(user, obj).can_publish())
        return self._user_in_groups(user) or (self.stage == Stage.DESK and edits_section_of(user, obj))

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        return self.may_approve(obj, user)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """A story at a stage is edited by those who stand there, and by whom they gave it to meanwhile."""
        return not (self.may_approve(obj, user) or self._was_given_here(obj, user))

    def _was_given_here(self, obj: Any, user: User) -> bool:
        """Tell whether somebody who stands at this stage gave the story to this user since it came here."""
        state = obj.current_workflow_task_state
        of_user = StoryAssignment.objects.unfinished().filter(story=obj.pk, assignee=user.pk)
        given = of_user.select_related("set_by").first()
        if state is None or given is None or given.set_by is None or given.set_at < state.started_at:
            return False
        return self.may_approve(obj, given.set_by)

    def user_can_lock(self, obj: Any, user: User) -> bool:
        return self.may_approve(obj, user)

    def user_can_unlock(self, obj: Any, user: User) -> bool:
        """A lock of somebody else's is broken by those who may do so anywhere, at whatever stage the story is."""
        return "unlock" in StoryPermissionTester(user, obj).permissions

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, "StrOrPromise", bool]]:
        if not self.may_approve(obj, user):
            return []
        actions: list[tuple[str, StrOrPromise, bool]] = []
        state = obj.current_workflow_state
        following = neighbour(self, state.workflow_id, 1) if state else None
        if following is not None or StoryPermissionTester(user, obj).can_publish():
            actions.append((APPROVE, send_on_label(following), False))
        if previous := (neighbour(self, state.workflow_id, -1) if state else None):
            actions.append((SEND_BACK, send_back_label(previous), True))
        return [*actions, (RETURN_TO_WRITER, _("Send back to the writer"), True)]

    def get_form_for_action(self, action: str) -> type[NoteForm]:
        return NoteForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Send a story on, to the stage before, or to its writer; what goes back goes with a note."""
        note = str(kwargs.get("comment") or "").strip()
        workflow_state = task_state.workflow_state
        story = workflow_state.content_object
        if action_name == APPROVE:
            task_state.approve(user=user, update=False, comment=note)
            workflow_state.refresh_from_db()
            workflow_state.update(user=user, next_task=neighbour(self, workflow_state.workflow_id, 1))
            return
        if not note:
            raise BadRequest("What is sent back needs a note.")
        StoryNote.objects.create(story_id=story.pk, by=user, text=note, kind=StoryNote.Kind.SENT_BACK)
        if action_name == RETURN_TO_WRITER:
            task_state.reject(user=user, comment=note)
        elif previous := neighbour(self, workflow_state.workflow_id, -1):
            task_state.reject(user=user, update=False, comment=note)
            workflow_state.current_task_state = previous.specific.start(workflow_state, user=user)
            workflow_state.save()

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return waiting
        if self.stage == Stage.COPY:
            return waiting.none()
        pages = BasePage.objects.filter(section__in=own_section_ids(user)).order_by()
        ids = pages.annotate(text_id=Cast("pk", models.CharField())).values("text_id")
        return waiting.filter(workflow_state__object_id__in=ids)

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "A stage of a story's way. Members of the chosen groups send stories on or back; at the desk section "
            "editors do so in their sections, and what is ready is published by those who may."
        )


def neighbour(task: Task, workflow_id: int, step: int) -> Task | None:
    """Return the task after (1) or before (-1) this one in a workflow; nothing at its end or beginning."""
    tasks: Sequence[Task] = list(
        Task.objects.filter(workflow_tasks__workflow=workflow_id, active=True).order_by("workflow_tasks__sort_order")
    )
    places = [place for place, other in enumerate(tasks) if other.pk == task.pk]
    at = places[0] + step if places else -1
    return tasks[at] if 0 <= at < len(tasks) else None


def stage_of(task: Task | None) -> Stage | None:
    """Return the stage of a task; nothing for a task of another kind."""
    specific = task.specific if task else None
    return Stage(specific.stage) if isinstance(specific, DeskApproval) else None


def send_on_label(following: Task | None) -> "StrOrPromise":
    """Return what the button says that sends a story on to this task; at the last one it is approved."""
    stage = stage_of(following)
    if following is None:
        return _("Approve")
    return LEADS_TO[stage] if stage else _("Send to %(task)s") % {"task": following.name}


def send_back_label(previous: Task) -> "StrOrPromise":
    """Return what the button says that sends a story back to this task."""
    stage = stage_of(previous)
    return _("Send back to %(stage)s") % {"stage": stage.short if stage else previous.name}


class InstalledStage(models.Model):
    """A stage that `install_stages` has made once. An admin who takes it out of the workflow keeps it out."""

    stage = models.CharField(max_length=8, choices=Stage.choices, unique=True)
    task = models.OneToOneField(DeskApproval, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.stage


class Assignments(models.QuerySet["StoryAssignment"]):
    """Assignments, asked for by what they still mean."""

    def unfinished(self) -> "Assignments":
        """Return those of stories that have not come out since."""
        since = Q(story__last_published_at=None) | Q(story__last_published_at__lt=F("set_at"))
        return self.filter(since, closed_at=None)


class StoryAssignment(models.Model):
    """Who works on a story, and until when: one for each story, the newest one. Closed when the story comes out.

    While it is open, the assignee may edit the story.
    """

    story = models.OneToOneField(
        BasePage, on_delete=models.CASCADE, primary_key=True, related_name="assignment", verbose_name=_("story")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="story_assignments",
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    told_soon_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = Assignments.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [
            models.Index(fields=["due_at"], name="assignment_open_by_due", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.assignee}"


class StoryNote(models.Model):
    """Something said about a story in the newsroom. Notes are added, never changed."""

    class Kind(models.TextChoices):
        """On what occasion it was said."""

        NOTE = "note", _("Note")
        SENT_BACK = "back", _("Sent back")

    story = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="notes", verbose_name=_("story"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("note"), max_length=2000)
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.NOTE)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
