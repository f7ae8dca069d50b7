"""Who may arrange which front: editors every one, section editors those of their own sections."""

from django.db.models import QuerySet

from broadsheet.accounts.models import User
from broadsheet.sections.models import Section

ARRANGE_ANY = "fronts.change_front"
ARRANGE_OWN_SECTIONS = "fronts.change_own_section_front"


def may_arrange(user: User, section: Section | None) -> bool:
    """Tell whether a user may arrange the front page (no section) or a section's front, and publish it."""
    if user.has_perm(ARRANGE_ANY):
        return True
    return section is not None and arrangeable_sections(user).filter(pk=section.pk).exists()


def may_arrange_some(user: User) -> bool:
    """Tell whether there is any front that a user may arrange."""
    return user.has_perm(ARRANGE_ANY) or arrangeable_sections(user).exists()


def arrangeable_sections(user: User) -> QuerySet[Section]:
    """Return the sections whose fronts a user may arrange."""
    if user.has_perm(ARRANGE_ANY):
        return Section.objects.all()
    if user.has_perm(ARRANGE_OWN_SECTIONS):
        return Section.objects.filter(editors=user)
    return Section.objects.none()
