"""Questions that the newsroom's templates ask about the person before them, and how they tell moments."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from wagtail.permissions import policy_registry

from broadsheet.kit import wall_time
from broadsheet.newsdesk.new_story import may_write
from broadsheet.newsdesk.workflow.selectors import assignment_of, last_note_on
from broadsheet.photos.models import Photo
from broadsheet.stories.models import Story

register = template.Library()


@register.simple_tag(takes_context=True)
def may_write_stories(context: dict[str, Any]) -> bool:
    """Tell whether the user may begin a story."""
    return may_write(context["request"].user)


@register.simple_tag(takes_context=True)
def may_add_photos(context: dict[str, Any]) -> bool:
    """Tell whether the user may hand in photos."""
    may: bool = policy_registry.get_by_type(Photo).user_has_permission(context["request"].user, "add")
    return may


@register.inclusion_tag("newsdesk/workflow/status_entry.html")
def desk_of(page: Any) -> dict[str, Any]:
    """Show who has a story until when, and what was said last, beside its form; nothing for other pages."""
    if not isinstance(page, Story) or not page.pk:
        return {}
    return {"story": page, "assignment": assignment_of(page), "note": last_note_on(page)}


@register.filter
def told(moment: dt.datetime | None, form: str = wall_time.DAY_AND_MINUTE) -> str:
    """Tell a moment in the zone of whoever reads, with its offset where the clocks show that time twice."""
    return wall_time.told(moment, form=form) if moment else ""


@register.filter
def told_if_twice(moment: dt.datetime | None) -> str:
    """Tell a moment only where the clocks show its time twice: beside times of Wagtail's, which give no offset."""
    if moment is None or not wall_time.is_shown_twice(moment, timezone.get_current_timezone()):
        return ""
    return wall_time.told(moment, form=wall_time.TO_THE_SECOND)
