"""A test that commits leaves the database as the migrations made it."""

import pytest
from wagtail.models import Locale, Site

from broadsheet.topics.models import Topic


@pytest.mark.parametrize("run", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_committing_test_starts_with_what_the_migrations_made(run: int) -> None:
    assert not Topic.objects.filter(slug="left-behind").exists()
    assert Site.objects.exists()
    assert Locale.objects.exists()

    Topic.objects.create(name="Left behind", slug="left-behind")


@pytest.mark.parametrize("run", [1, 2])
@pytest.mark.django_db
def test_a_test_in_a_transaction_does_too(run: int) -> None:
    assert not Topic.objects.filter(slug="left-behind").exists()
    assert Site.objects.exists()

    Topic.objects.create(name="Left behind", slug="left-behind")
