from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from wagtail.signals import page_unpublished

from broadsheet.config import urls as paper
from broadsheet.sections.models import Section
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story


class PressFailureError(Exception):
    pass


def raising_receiver(**details: Any) -> None:
    raise PressFailureError


def makes_a_section_and_fails(request: HttpRequest) -> HttpResponse:
    Section.objects.create(name="Half", slug="half")
    return HttpResponse(status=500)


def makes_a_section(request: HttpRequest) -> HttpResponse:
    Section.objects.create(name="Whole", slug="whole")
    return HttpResponse()


urlpatterns = [
    path("newsroom/fails/", makes_a_section_and_fails),
    path("newsroom/works/", makes_a_section),
    path("elsewhere/fails/", makes_a_section_and_fails),
    *paper.urlpatterns,
]


@pytest.fixture
def broken_press() -> Iterator[None]:
    page_unpublished.connect(raising_receiver)
    yield
    page_unpublished.disconnect(raising_receiver)


@pytest.mark.django_db(transaction=True)
def test_when_a_receiver_fails_nothing_is_half_done(admin_client: Client, broken_press: None) -> None:
    story = make_story(headline="Ferry returns")

    with pytest.raises(PressFailureError):
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))

    assert Story.objects.get(pk=story.pk).live


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_an_answer_that_tells_of_failure_leaves_nothing_behind(client: Client) -> None:
    client.post("/newsroom/fails/")
    client.post("/newsroom/works/")

    assert list(Section.objects.values_list("slug", flat=True)) == ["whole"]


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_readers_requests_open_no_transaction(client: Client) -> None:
    client.post("/elsewhere/fails/")

    assert list(Section.objects.values_list("slug", flat=True)) == ["half"]
