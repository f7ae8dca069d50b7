"""Questions that the newsroom's templates ask about the person before them."""

from typing import Any

from django import template
from wagtail.permissions import policy_registry

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
