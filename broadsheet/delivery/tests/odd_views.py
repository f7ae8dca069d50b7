"""Views that look at what no page for everybody may hold."""

import datetime as dt
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from wagtail.admin import urls as newsroom_urls

from broadsheet.kit import clock, rendering


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
urlpatterns += [path("newsroom/", include(newsroom_urls))]  # our middleware asks where it is

handler404 = "broadsheet.stories.views.not_found"
handler500 = "broadsheet.masthead.views.server_error"
