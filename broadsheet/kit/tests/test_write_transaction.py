"""Writers take turns, and nobody waits for themselves."""

import threading

import pytest
from django.db import connection, transaction

from broadsheet.kit.write_transaction import write_transaction
from broadsheet.sections.models import Section


@pytest.mark.django_db(transaction=True)
def test_what_follows_a_commit_may_write() -> None:
    with write_transaction():
        Section.objects.create(name="First", slug="first")
        transaction.on_commit(write_second)

    assert list(Section.objects.order_by("slug").values_list("slug", flat=True)) == ["first", "second"]


def write_second() -> None:
    with write_transaction():
        Section.objects.create(name="Second", slug="second")


@pytest.mark.django_db(transaction=True)
def test_writers_wait_for_each_other_and_all_write() -> None:
    def write(number: int) -> None:
        with write_transaction():
            Section.objects.create(
                name=f"Section {number}", slug=f"section-{number}", sort_order=Section.objects.count()
            )
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    orders = sorted(Section.objects.values_list("sort_order", flat=True))
    assert len(orders) == 12
    if connection.vendor == "sqlite":
        assert orders == list(range(12))
