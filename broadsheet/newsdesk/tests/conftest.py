"""What the newsdesk's tests may ask for."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.publishing.tests.conftest import travel

__all__ = ["SignIn", "sign_in", "travel"]
SignIn = Callable[[str], User]


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """Return `sign_in("Editor")`: signs a new person of that role in to the test client."""

    def sign_in_as(role: str) -> User:
        user: User = UserFactory.create()
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return user

    return sign_in_as
