"""Menus: what they point at, in one query, and only where readers may go."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from broadsheet.fronts.models import HomePage
from broadsheet.masthead.menus import MenuLink
from broadsheet.masthead.models import Navigation
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import InformationPage
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def make_page(*, live: bool = True) -> InformationPage:
    page: Any = HomePage.objects.get().add_child(instance=InformationPage(title="About us", slug="about", live=live))
    return page


def test_each_kind_of_target_gives_its_name_and_address_in_one_query() -> None:
    section, topic, page = SectionFactory(name="World"), TopicFactory(name="Trams"), make_page()
    menu = Navigation.load()
    menu.header = [
        ("link", {"section": section}),
        ("link", {"topic": topic, "label": "The tram"}),
        ("link", {"address": "https://elsewhere.example/", "label": "Elsewhere"}),
    ]
    menu.footer = [("column", {"heading": "The paper", "links": [{"page": page}, {"address": "/search/"}]})]
    menu.save()
    Site.get_site_root_paths()  # from here on in the cache

    with CaptureQueriesContext(connection) as captured:
        menus = Navigation.load().menus

    assert len(captured) == 2
    assert list(menus.header) == [
        MenuLink("World", section.get_absolute_url()),
        MenuLink("The tram", topic.get_absolute_url()),
        MenuLink("Elsewhere", "https://elsewhere.example/"),
    ]
    assert menus.footer[0].heading == "The paper"
    assert list(menus.footer[0].links) == [MenuLink("About us", "/about/"), MenuLink("/search/", "/search/")]


def test_a_menu_does_not_lead_to_what_is_gone_or_not_published() -> None:
    section, draft = SectionFactory(), make_page(live=False)
    menu = Navigation.load()
    menu.header = [("link", {"section": section}), ("link", {"page": draft})]
    menu.save()
    section.delete()

    assert Navigation.load().menus.header == []
