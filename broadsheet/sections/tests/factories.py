"""Makers of sections, for tests."""

import factory

from broadsheet.sections.models import Section


class SectionFactory(factory.django.DjangoModelFactory):
    """A section of the paper."""

    class Meta:
        model = Section

    name = factory.Sequence(lambda number: f"Section {number}")
    slug = factory.Sequence(lambda number: f"section-{number}")
