"""Two editors, one slug, one second; and schedules that survive what goes wrong beside them."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.story_form import StoryForm
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.shelves import month_page, today
from broadsheet.stories.tests.factories import make_story

MEETING_SECONDS = 2
"""How long the first form waits for the second; on SQLite, where requests take turns, it waits in vain."""


def an_editor() -> User:
    user: User = UserFactory.create()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def forms_that_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each form that found its slug free wait until the other has found the same."""
    meeting = threading.Barrier(2)
    stock_clean = StoryForm.clean

    def clean_and_meet(form: StoryForm) -> dict[str, Any]:
        cleaned = stock_clean(form)
        if not form.errors:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(MEETING_SECONDS)
        return cleaned

    monkeypatch.setattr(StoryForm, "clean", clean_and_meet)


def at_once(*requests: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """Make requests in threads of their own, each with its own connection to the database."""

    def make(request: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return request()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(make, requests))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", [{}, {"action-publish": "action-publish"}])
def test_two_editors_who_take_one_slug_get_one_story_and_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, button: dict[str, str]
) -> None:
    address = reverse("wagtailadmin_pages:add", args=["stories", "story", month_page(today()).pk])
    whole = {"contributor": ContributorFactory.create(), "section": SectionFactory.create().pk}
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(an_editor())
    forms = [form_data(title=title, **whole) | button for title in ("Ferry returns", "Ferry comes back")]
    forms_that_meet(monkeypatch)

    first, second = sorted(
        at_once(*(lambda c=c, form=form: c.post(address, form) for c, form in zip(clients, forms, strict=True))),
        key=lambda response: -response.status_code,
    )

    story = Story.objects.get(slug="ferry-returns")
    assert (first.status_code, second.status_code) == (302, 200)
    (sentence,) = second.context["form"].errors["slug"]
    assert f"“{story.title}” of " in sentence
    assert "has the slug “ferry-returns” already. Choose another for this one." in sentence
    assert list(second.context["form"].errors) == ["slug"]


@pytest.mark.django_db
def test_a_draft_from_another_month_is_told_that_its_address_is_taken(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    author, section = ContributorFactory.create(), SectionFactory.create()
    make_story(headline="Ferry returns")
    draft = make_story(headline="Ferry returns once more", slug="ferry-returns", live=False, published_at=long_ago())
    draft.save_revision()

    wrong = save(client, draft, form_data(contributor=author, section=section.pk), publish=True)

    assert list(wrong) == ["slug"]
    assert wrong["slug"][0].startswith("“Ferry returns” of ")


@pytest.mark.django_db
def test_a_publication_that_is_refused_leaves_the_schedule_in_place(client: Client, sign_in: SignIn) -> None:
    editor = sign_in("Editor")
    story = make_story(headline="Ferry returns", live=False, section=SectionFactory.create())
    planned = clock.now() + dt.timedelta(days=1)
    schedule_story(story=story, user=editor, go_live_at=planned)

    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), form_data(title="") | {"action-publish": "action-publish"}
    )

    assert response.status_code == 200
    assert story.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == planned


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_fails_half_way_leaves_the_schedule_in_place(client: Client, sign_in: SignIn) -> None:
    editor = sign_in("Editor")
    story = make_story(headline="Ferry returns", live=False)
    planned = clock.now() + dt.timedelta(days=1)
    schedule_story(story=story, user=editor, go_live_at=planned)
    broken = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    broken.title, broken.go_live_at = "", None
    broken.save_revision(clean=False)

    response = client.post(reverse("wagtail_bulk_action", args=["pages", "basepage", "publish"]) + f"?id={story.pk}")

    assert response.status_code == 302
    assert "Nothing was changed." in str(next(iter(get_messages(response.wsgi_request))))
    assert story.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == planned
    assert not Story.objects.get(pk=story.pk).live


def long_ago() -> dt.datetime:
    return dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)
