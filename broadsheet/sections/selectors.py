"""Reads of sections that need none of their names."""

from dataclasses import dataclass

from broadsheet.kit import rendering
from broadsheet.sections.cache_keys import SECTIONS
from broadsheet.sections.models import Section


@dataclass(frozen=True)
class SectionPlace:
    """A section's place among the others."""

    pk: int
    slug: str


def in_the_papers_order() -> list[SectionPlace]:
    """Return all sections in the paper's order. A page that shows a name reads it besides, of those it shows."""
    rendering.read_under([SECTIONS])
    return [SectionPlace(pk, slug) for pk, slug in Section.objects.values_list("pk", "slug")]
