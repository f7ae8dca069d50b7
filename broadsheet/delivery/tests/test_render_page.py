"""What is rendered to be kept is anybody's page: who looks at himself, or at the time, is noticed."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.tests.asking import Asker
from broadsheet.kit import clock, rendering

pytestmark = [pytest.mark.django_db, pytest.mark.urls("broadsheet.delivery.tests.test_render_page")]


def user(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


def session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("name", "nobody"))


def cookie(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.COOKIES.get("colour", "none"))


def sets_a_cookie(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("")
    answer.set_cookie("colour", "red")
    return answer


def moment(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(clock.now()))


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def stream(request: HttpRequest) -> Any:
    return StreamingHttpResponse([b"a", b"b"])


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", headers={"Cache-Control": "no-store"})


def until(request: HttpRequest) -> HttpResponse:
    rendering.renew_at(dt.datetime(2026, 3, 5, tzinfo=dt.UTC))
    rendering.renew_at(dt.datetime(2026, 3, 4, tzinfo=dt.UTC))
    rendering.renew_at(None)
    rendering.read_under(["a:1"])
    return HttpResponse(str(clock.now_until_renewed().year))


def broken(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")


VIEWS = (user, session, cookie, sets_a_cookie, moment, form, stream, private, until, broken)
urlpatterns = [path(f"{view.__name__}/", view) for view in VIEWS]


@pytest.mark.parametrize("name", ["user", "session", "cookie", "sets_a_cookie", "moment", "form", "stream", "private"])
def test_what_is_not_for_everybody_is_not_kept(renderer: Renderer, name: str) -> None:
    assert renderer.render(f"/{name}/").personal


def test_such_a_page_is_asked_of_django_each_time(reader: Asker) -> None:
    for _ in range(2):
        assert reader.get("/user/").body == b"Django"
    assert reader.passed_on == ["/user/", "/user/"]


def test_a_page_may_say_until_when_it_holds(renderer: Renderer) -> None:
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
