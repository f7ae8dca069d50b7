"""Makers of people who sign in, for tests."""

import factory

from broadsheet.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff; `UserFactory(groups=["Editor"])` puts them into groups by name."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@paper.example")
    first_name = "Ada"
    last_name = factory.Sequence(lambda number: f"Lovelock {number}")
    is_staff = True
