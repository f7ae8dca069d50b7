"""The front of a paper, or of a section, that nobody has arranged yet: good by rule alone."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify

from broadsheet.fronts.zones import USUAL_SLOTS, Rule, RuleSource, Zone, ZoneKind
from broadsheet.pages.models import WorkType
from broadsheet.sections.models import Section
from broadsheet.sections.selectors import SectionPlace, in_the_papers_order

SECTIONS_SHOWN = 5
"""Sections that have a list on the usual front page, in the paper's own order."""
LISTS_ABOVE_OPINION = 2


def usual_zones(section: Section | None) -> tuple[Zone, ...]:
    """Return the zones of the front page (no section) or a section's front that nobody has arranged."""
    return usual_section_front(section) if section else usual_front_page(in_the_papers_order())


def usual_front_page(sections: Sequence[SectionPlace]) -> tuple[Zone, ...]:
    """Return a live strip, the lead, lists of the first sections with opinion among them, the most recent.

    Opinion comes from the section at that address where the paper has one, else it is every story of that type of work.
    """
    of_opinion = next((section for section in sections if _is_opinion(section)), None)
    opinion = (
        Rule(RuleSource.SECTION, of_opinion.pk) if of_opinion else Rule(RuleSource.WORK_TYPE, WorkType.OPINION.value)
    )
    reported = [section for section in sections if section != of_opinion]
    lists = [
        _zone(f"section-{section.pk}", ZoneKind.LIST, Rule(RuleSource.SECTION, section.pk))
        for section in reported[:SECTIONS_SHOWN]
    ]
    return (
        _zone("live", ZoneKind.LIVE, Rule(RuleSource.HAND)),
        _zone("lead", ZoneKind.LEAD, Rule(RuleSource.PAPER)),
        *lists[:LISTS_ABOVE_OPINION],
        _zone("opinion", ZoneKind.OPINION, opinion),
        *lists[LISTS_ABOVE_OPINION:],
        _zone("recent", ZoneKind.RECENT, Rule(RuleSource.PAPER)),
    )


def usual_section_front(section: Section) -> tuple[Zone, ...]:
    """Return the section's lead; its further stories are listed below every section front."""
    return (
        _zone("live", ZoneKind.LIVE, Rule(RuleSource.HAND)),
        _zone("lead", ZoneKind.LEAD, Rule(RuleSource.SECTION, section.pk)),
    )


def _is_opinion(section: SectionPlace) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        in_the_papers_language = slugify(WorkType.OPINION.label, allow_unicode=True)
    return section.slug in {WorkType.OPINION, in_the_papers_language}


def _zone(key: str, kind: ZoneKind, rule: Rule) -> Zone:
    return Zone(key, kind, rule, (None,) * USUAL_SLOTS[kind])
