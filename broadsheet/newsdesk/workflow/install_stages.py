"""Makes the stages that stories pass, once: desk, copy, ready."""

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from broadsheet.newsdesk.roles import ROLES
from broadsheet.newsdesk.workflow.models import DeskApproval, InstalledStage
from broadsheet.newsdesk.workflow.stages import Stage

WAGTAILS_OWN_WORKFLOW = "Moderators approval"
WORKFLOW_NAME = "Approval by the desk"
TASK_NAMES = {Stage.DESK: "Desk", Stage.COPY: "Copy", Stage.READY: "Ready"}


def install_stages(*, front_page_id: int, is_new_paper: bool) -> None:
    """Have stories pass the stages, in the place of the workflow that Wagtail's migrations made.

    A paper that began with one approval by the desk gets the others behind it, unless an admin has changed that
    workflow; what waits at the desk goes on waiting there. What was installed once is never installed again.
    """
    if InstalledStage.objects.exists():
        return
    workflow = _workflow(front_page_id) if is_new_paper else _untouched_workflow()
    if workflow is None:
        return
    for place, stage in enumerate(Stage):
        task = _task(workflow, stage)
        task.groups.add(*Group.objects.filter(name__in=[role.name for role in ROLES if stage in role.stages]))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": place})
        InstalledStage.objects.create(stage=stage, task=task)


def _workflow(front_page_id: int) -> Workflow:
    """Return the paper's workflow, made of Wagtail's own, without steps."""
    workflow = Workflow.objects.filter(name=WAGTAILS_OWN_WORKFLOW).first() or Workflow()
    workflow.name = WORKFLOW_NAME
    workflow.save()
    for step in WorkflowTask.objects.filter(workflow=workflow).select_related("task"):
        step.task.active = False
        step.task.save()
        step.delete()
    if not workflow.workflow_pages.exists():
        WorkflowPage.objects.create(page_id=front_page_id, workflow=workflow)
    return workflow


def _untouched_workflow() -> Workflow | None:
    """Return the workflow of one step that papers were begun with, if it still is what was made then."""
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME, active=True).first()
    names = list(workflow.tasks.values_list("name", flat=True)) if workflow else []
    return workflow if names == [WORKFLOW_NAME] else None


def _task(workflow: Workflow, stage: Stage) -> DeskApproval:
    """Return the stage's task: at the desk the one approval there was, else a new one."""
    old = DeskApproval.objects.filter(name=WORKFLOW_NAME, workflow_tasks__workflow=workflow).first()
    if stage != Stage.DESK or old is None:
        task: DeskApproval = DeskApproval.objects.create(name=TASK_NAMES[stage], stage=stage)
        return task
    old.name = TASK_NAMES[stage]
    old.save()
    return old
