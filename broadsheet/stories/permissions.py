"""Rights over stories that the page tree cannot express: it is ordered by month, section editors' rights by section."""

from typing import Any

from broadsheet.accounts.models import User

EDIT_OWN_SECTIONS = "stories.edit_own_sections"
USE_RAW_HTML = "stories.use_raw_html"
AMEND_RECORD = "stories.amend_record"
SECTION_EDITOR_RIGHTS = frozenset({"change", "publish", "lock", "unlock"})


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
