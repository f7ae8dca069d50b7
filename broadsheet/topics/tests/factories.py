"""Makers of topics, for tests."""

import factory

from broadsheet.topics.models import Topic


class TopicFactory(factory.django.DjangoModelFactory):
    """A subject."""

    class Meta:
        model = Topic

    name = factory.Sequence(lambda number: f"Topic {number}")
    slug = factory.Sequence(lambda number: f"topic-{number}")
