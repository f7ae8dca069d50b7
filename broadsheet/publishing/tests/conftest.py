"""Who publishes in these tests, and when it is."""

from collections.abc import Iterator

import pytest
import time_machine

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.publishing.tests.embargoed_stories import NOON


@pytest.fixture
def editor() -> User:
    return UserFactory.create(first_name="Ida", last_name="Storm")


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    """The clock stands at noon until the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
