"""The paper's menus with their addresses worked out: one query for everything they point at.

Wagtail's choosers would ask once for each kind of target and each menu, on every page of the paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet, Value
from django.urls import reverse
from wagtail.models import Site

from broadsheet.kit import rendering

TARGET_KINDS = ("section", "topic", "page")
KEY_PREFIXES = {"section": "s", "topic": "t", "page": "c"}
"""Beginnings of the surrogate keys of what menus point at: the rooms that make these keys lie above this one."""


@dataclass(frozen=True)
class MenuLink:
    """One item of a menu."""

    text: str
    url: str


@dataclass(frozen=True)
class MenuColumn:
    """A column of the footer."""

    heading: str
    links: Sequence[MenuLink]


@dataclass(frozen=True)
class Menus:
    """The menus in the head and the foot of every page. What is gone or not published is not in them."""

    header: Sequence[MenuLink]
    footer: Sequence[MenuColumn]


Item = Mapping[str, Any]
Target = tuple[str, int]


def resolve_menus(header: Iterable[Item], footer: Iterable[Item]) -> Menus:
    """Return the menus from the raw values of their stream fields."""
    header_items = [block["value"] for block in header]
    columns = [(block["value"].get("heading", ""), _items_of(block["value"])) for block in footer]
    all_items = [*header_items, *(item for _, items in columns for item in items)]
    links = _links_to({target for item in all_items if (target := _target(item))})
    return Menus(
        [link for item in header_items if (link := _link(item, links))],
        [MenuColumn(heading, [link for item in items if (link := _link(item, links))]) for heading, items in columns],
    )


def _items_of(column: Item) -> list[Item]:
    """Return the links of a column; a list block wraps each of its values, one made in code may not."""
    return [item["value"] if item.get("type") == "item" else item for item in column.get("links", [])]


def _target(item: Item) -> Target | None:
    return next(((kind, int(item[kind])) for kind in TARGET_KINDS if item.get(kind)), None)


def _link(item: Item, links: Mapping[Target, MenuLink]) -> MenuLink | None:
    label, address = item.get("label") or "", item.get("address") or ""
    target = _target(item)
    if target is None:
        return MenuLink(label or address, address) if address else None
    found = links.get(target)
    return MenuLink(label or found.text, found.url) if found else None


def _links_to(targets: set[Target]) -> dict[Target, MenuLink]:
    """Return names and addresses of what menus point at, as far as readers may see it."""
    wanted = {kind: [pk for of_kind, pk in targets if of_kind == kind] for kind in TARGET_KINDS}
    queries = [_query(kind, ids) for kind, ids in wanted.items() if ids]
    if not queries:
        return {}
    rendering.read_under(f"{KEY_PREFIXES[kind]}:{pk}" for kind, pk in targets)
    rows = queries[0].union(*queries[1:], all=True)
    return {(kind, pk): MenuLink(name, _address(kind, place)) for kind, pk, name, place in rows}


def _query(kind: str, ids: Sequence[int]) -> "QuerySet[Any]":
    if kind == "page":
        rows = apps.get_model(settings.WAGTAIL_PAGE_MODEL)._default_manager.filter(pk__in=ids, live=True)
        return rows.order_by().annotate(target=Value(kind)).values_list("target", "pk", "title", "url_path")
    model = apps.get_model({"section": "sections.Section", "topic": "topics.Topic"}[kind])
    rows = model._default_manager.filter(pk__in=ids)
    return rows.order_by().annotate(target=Value(kind)).values_list("target", "pk", "name", "slug")


def _address(kind: str, place: str) -> str:
    """Return the address of a section or topic by its slug, of a page by its `url_path`."""
    if kind != "page":
        return reverse(kind, args=[place])
    roots = Site.get_site_root_paths()
    return "/" + place.removeprefix(roots[0].root_path) if roots else place
