"""Rights over stories that the page tree cannot express: it is ordered by month, section editors' rights by section."""

from collections.abc import Callable
from typing import Any

from broadsheet.accounts.models import User

EDIT_OWN_SECTIONS = "stories.edit_own_sections"
USE_RAW_HTML = "stories.use_raw_html"
AMEND_RECORD = "stories.amend_record"
SECTION_EDITOR_RIGHTS = frozenset({"change", "publish", "lock", "unlock"})
Ground = Callable[[User, Any], bool]
_grounds_to_edit: list[Ground] = []


def own_section_ids(user: User) -> frozenset[int]:
    """Return the sections whose stories a section editor may edit and publish; read once for each request's user."""
    if not hasattr(user, "_own_section_ids"):
        may = user.is_active and user.has_perm(EDIT_OWN_SECTIONS)
        found = frozenset(user.edited_sections.values_list("pk", flat=True)) if may else frozenset()
        user._own_section_ids = found  # type: ignore[attr-defined]
    return user._own_section_ids  # type: ignore[attr-defined]


def edits_section_of(user: User, page: Any) -> bool:
    """Tell whether a page lies in a section that the user edits."""
    return getattr(page, "section_id", None) in own_section_ids(user)


def register_ground_to_edit(ground: Ground) -> None:
    """Let a room above say who else may edit a story: whoever was given it, say. It gives no right to publish.

    `ground` is asked with the user and the story, last, and only about those who may not edit it anyway.
    """
    if ground not in _grounds_to_edit:
        _grounds_to_edit.append(ground)


def has_ground_to_edit(user: User, story: Any) -> bool:
    """Tell whether a room above lets a user edit a story."""
    return any(ground(user, story) for ground in _grounds_to_edit)
