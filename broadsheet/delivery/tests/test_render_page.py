"""What is rendered to be kept is anybody's page: who looks at himself, or at the time, is noticed."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.tests.asking import Asker

pytestmark = [pytest.mark.django_db, pytest.mark.urls("broadsheet.delivery.tests.odd_views")]


@pytest.mark.parametrize("name", ["user", "session", "cookie", "sets_a_cookie", "moment", "form", "stream", "private"])
def test_what_is_not_for_everybody_is_not_kept(renderer: Renderer, name: str) -> None:
    assert renderer.render(f"/{name}/").personal


def test_such_a_page_is_asked_of_django_each_time(reader: Asker) -> None:
    for _ in range(2):
        assert reader.get("/user/").body == b"Django"
    assert reader.passed_on == ["/user/", "/user/"]


def test_a_page_may_say_until_when_it_holds(renderer: Renderer) -> None:
    with time_machine.travel("2026-03-01 12:00 +0000", tick=False):
        page = renderer.render("/until/")
    assert not page.personal
    assert page.renew_at == dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    assert page.keys == {"a:1"}


def test_a_failure_is_no_page(renderer: Renderer, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RenderFailedError):
        renderer.render("/broken/")


def test_the_log_is_read_first(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.delivery.render_page.newest_seq", lambda: 41)
    assert renderer.render("/until/").as_of == 41


def test_a_moment_that_has_passed_is_none_to_wait_for(renderer: Renderer) -> None:
    with time_machine.travel("2026-03-04 12:00 +0000", tick=False):
        assert renderer.render("/until/").renew_at == dt.datetime(2026, 3, 5, tzinfo=dt.UTC)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_restarted_costs_no_reader_a_page(renderer: Renderer) -> None:
    assert renderer.render("/until/").status == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (served_by,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [served_by])
    other.close()

    assert renderer.render("/until/").status == 200
