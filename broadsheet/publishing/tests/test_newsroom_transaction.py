from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from wagtail.signals import page_unpublished

from broadsheet.config import urls as paper
from broadsheet.publishing.record_act import NoteMissingError
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


def makes_a_section_and_is_refused(request: HttpRequest) -> HttpResponse:
    Section.objects.create(name="Half", slug="half")
    raise NoteMissingError("A correction needs a note to readers.")


urlpatterns = [
    path("newsroom/refused/", makes_a_section_and_is_refused),
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
@pytest.mark.parametrize(
    ("came_from", "sent_to"),
    [
        ("http://testserver/newsroom/stories/", "http://testserver/newsroom/stories/"),
        ("https://evil.test/", "/newsroom/"),
    ],
)
def test_a_refusal_is_told_in_a_sentence_and_leaves_nothing_behind(
    admin_client: Client, came_from: str, sent_to: str
) -> None:
    answer = admin_client.post("/newsroom/refused/", headers={"Referer": came_from})

    assert (answer.status_code, answer["Location"]) == (302, sent_to)
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told == ["Nothing was changed. A correction needs a note to readers."]
    assert not Section.objects.exists()


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_readers_requests_open_no_transaction(client: Client) -> None:
    client.post("/elsewhere/fails/")

    assert list(Section.objects.values_list("slug", flat=True)) == ["half"]
