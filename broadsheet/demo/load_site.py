"""Gives the demonstration paper its name, its standing pages, its menus and an arranged front page."""

import datetime as dt
import json
from typing import Any

from django.core.files import File

from broadsheet.accounts.models import User
from broadsheet.demo.load_people import logins
from broadsheet.demo.paper_files import Paper
from broadsheet.demo.story_markup import Block, Places, block, story_blocks
from broadsheet.fronts.models import HomePage
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.zones import zones_from_data
from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.sections.models import Section
from broadsheet.stories.models import InformationPage

ROLE_THAT_ARRANGES = "Editor"
FILES = ("logo", "icon")


def load_standing_pages(paper: Paper) -> dict[str, int]:
    """Make the standing pages, still empty; return their keys by slug."""
    home = HomePage.objects.get()
    made = {}
    for text in paper.pages:
        page = InformationPage(title=text.head["title"], slug=text.slug, live=False)
        page.standfirst = text.head["standfirst"]
        made[text.slug] = home.add_child(instance=page).pk
    return made


def write_standing_pages(paper: Paper, *, places: Places) -> None:
    """Give the standing pages their texts, and publish them."""
    today = clock.local_date(clock.now())
    for text in paper.pages:
        page = InformationPage.objects.get(pk=places.pages[text.slug])
        page.body = json.dumps(story_blocks(text.parts, places=places, published_on=today))
        publish_revision(revision=page.save_revision(log_action=True), user=editor(paper))


def load_masthead(paper: Paper, *, places: Places) -> None:
    """Give the paper its name, look and principles."""
    masthead = Masthead.load()
    told = dict(paper.site["masthead"])
    for name in FILES:
        path = paper.folder / told.pop(name)
        with path.open("rb") as file:
            getattr(masthead, name).save(path.name, File(file), save=False)
    masthead.social_photo_id = places.photos[told.pop("social_photo")]
    founded_on: dt.date = told.pop("founded_on")
    masthead.founded_on = founded_on
    for name, value in told.items():
        setattr(masthead, name, value)
    for text in paper.pages:
        if setting := text.head.get("setting"):
            setattr(masthead, f"{setting}_id", places.pages[text.slug])
    masthead.save()


def load_menus(paper: Paper, *, places: Places) -> None:
    """Fill the menus in the head and the foot of every page."""
    navigation = Navigation.load()
    header = [block("link", _link(target, places)) for target in paper.site["header"]]
    footer = [
        block(
            "column",
            {
                "heading": column["heading"],
                "links": [block("item", _link(target, places)) for target in column["links"]],
            },
        )
        for column in paper.site["footer"]
    ]
    navigation.header = json.dumps(header)
    navigation.footer = json.dumps(footer)
    navigation.save()


def arrange_front_page(paper: Paper, *, places: Places) -> None:
    """Publish the front page as it is written down, by the paper's editor."""
    sections = dict(Section.objects.values_list("slug", "pk"))
    zones = [_zone(number, told, places, sections) for number, told in enumerate(paper.site["front"])]
    publish_front(section=None, zones=zones_from_data(zones), user=editor(paper), seen_version=None)


def editor(paper: Paper) -> User:
    """Return the user who publishes what nobody signs."""
    login = next(login for login in logins(paper) if login.role == ROLE_THAT_ARRANGES)
    return User.objects.get(email=login.email)


def _zone(number: int, told: dict[str, Any], places: Places, sections: dict[str, int]) -> dict[str, Any]:
    rule = dict(told["rule"])
    if rule["source"] == "section":
        rule["value"] = sections[rule["value"]]
    return {
        "key": f"zone-{number}",
        "kind": told["kind"],
        "title": told.get("title", ""),
        "rule": rule,
        "slots": [slug and {"story": places.pages[slug], "until": None} for slug in told["slots"]],
    }


def _link(target: str, places: Places) -> Block:
    """Return a menu item for "page:about", "section:city" or "topic:line-3"."""
    kind, _, slug = target.partition(":")
    key = places.pages[slug] if kind == "page" else places.keys[kind, slug]
    return {"label": "", "section": None, "topic": None, "page": None, "address": "", kind: key}


def add_to_menu(section_name: str) -> None:
    """Put a section into the menu in the head, unless it is there or there is no such section."""
    section = Section.objects.filter(name=section_name).first()
    navigation = Navigation.load()
    items = list(navigation.header.raw_data)
    if section is None or any(item["value"]["section"] == section.pk for item in items):
        return
    places = Places(photos={}, pages={}, keys={("section", section.slug): section.pk}, addresses={})
    navigation.header = json.dumps([*items, block("link", _link(f"section:{section.slug}", places))])
    navigation.save()
