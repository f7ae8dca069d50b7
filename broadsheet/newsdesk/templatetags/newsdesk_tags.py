"""Questions that the newsroom's templates ask about the person before them."""

from typing import Any

from django import template
from wagtail.permissions import policy_registry

from broadsheet.newsdesk.new_story import may_write
from broadsheet.photos.models import Photo

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
