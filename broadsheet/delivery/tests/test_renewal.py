"""Pages that time alone changes are rendered anew at their moment, and then no more."""

import datetime as dt

import pytest
import time_machine

from broadsheet.delivery.follow_log import Follower
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.store_page import store_page
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(time_machine_noon: time_machine.Traveller) -> Story:
    """A story with a photo whose rights end today."""
    return make_story(lead_photo=PhotoFactory.create(rights_expire_on=dt.date(2026, 3, 4)))


def test_a_page_is_rendered_anew_once_when_its_photos_rights_end(
    story: Story, store: PageStore, renderer: Renderer, time_machine_noon: time_machine.Traveller
) -> None:
    follower = Follower(store=store, renderer=renderer, gap_seconds=0)
    follower.drain()
    page = renderer.render(story.url)
    store_page(store=store, page=page)
    assert page.renew_at == dt.datetime(2026, 3, 5, tzinfo=dt.UTC)

    time_machine_noon.shift(dt.timedelta(hours=13))
    follower.drain()

    assert store.fact("rendered_again") == 1
    standing = store.standing(story.url)
    assert standing is not None
    assert standing.renew_at is None
    assert store.names("renew_at IS NOT NULL") == []
