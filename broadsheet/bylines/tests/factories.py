"""Makers of contributors, for tests."""

import factory

from broadsheet.bylines.models import Contributor


class ContributorFactory(factory.django.DjangoModelFactory):
    """A reporter."""

    class Meta:
        model = Contributor

    name = factory.Sequence(lambda number: f"Reporter {number}")
    slug = factory.Sequence(lambda number: f"reporter-{number}")
