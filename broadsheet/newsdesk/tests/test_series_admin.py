"""Keeping series: who may, and whose stories."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Series, SeriesPart, SeriesRedirect, Story
from broadsheet.stories.tests.factories import make_series, make_story

pytestmark = pytest.mark.django_db


def form(*stories: Story, slug: str = "the-river", initial: int = 0) -> dict[str, object]:
    rows = inline_formset([{"story": story.pk} for story in stories], initial=initial)
    data: dict[str, object] = nested_form_data(
        {"name": "The river", "slug": slug, "description": "null", "planned_parts": "", "parts": rows}
    )
    return data


def test_an_editor_puts_stories_into_an_order(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    first, second = make_story(headline="First"), make_story(headline="Second")

    saved = client.post(reverse("newsdesk_series:add"), form(second, first))

    assert saved.status_code == 302
    assert [part.story_id for part in Series.objects.get().parts.all()] == [second.pk, first.pk]


def test_a_section_editor_moves_the_stories_of_her_own_section_only(client: Client, sign_in: SignIn) -> None:
    user = sign_in("Section editor")
    own, other = SectionFactory.create(), SectionFactory.create()
    own.editors.add(user)
    mine, theirs = make_story(headline="Mine", section=own), make_story(headline="Theirs", section=other)

    refused = client.post(reverse("newsdesk_series:add"), form(mine, theirs))
    assert "“Theirs” is not yours to publish" in refused.content.decode()
    assert not Series.objects.exists()

    assert client.post(reverse("newsdesk_series:add"), form(mine)).status_code == 302


def test_a_section_editor_takes_no_story_of_others_out_of_a_series(client: Client, sign_in: SignIn) -> None:
    sign_in("Section editor")
    series = make_series(make_story(headline="Theirs", section=SectionFactory.create()))
    row = series.parts.get()

    taken = form(row.story, initial=1) | {"parts-0-id": row.pk, "parts-0-DELETE": "on"}
    refused = client.post(reverse("newsdesk_series:edit", args=[series.pk]), taken)
    assert "not yours to publish" in refused.content.decode()
    assert SeriesPart.objects.count() == 1


def test_a_story_is_a_part_of_one_series_only(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    story = make_story()
    client.post(reverse("newsdesk_series:add"), form(story))

    refused = client.post(reverse("newsdesk_series:add"), form(story, slug="another"))

    assert "This story is a part of a series already." in refused.content.decode()


def test_reporters_keep_no_series(client: Client, sign_in: SignIn) -> None:
    sign_in("Reporter")

    assert client.post(reverse("newsdesk_series:add"), form(make_story())).status_code == 302
    assert not Series.objects.exists()


def test_a_new_slug_leads_on_from_the_old_one(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    series = Series.objects.create(name="The river", slug="the-river")

    client.post(reverse("newsdesk_series:edit", args=[series.pk]), form(slug="a-river"))

    assert SeriesRedirect.objects.get().old_slug == "the-river"


def test_a_slug_that_leads_to_another_series_is_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    SeriesRedirect.objects.create(series=Series.objects.create(name="Another", slug="another"), old_slug="the-river")

    refused = client.post(reverse("newsdesk_series:add"), form())

    assert refused.context["form"].errors["slug"]
