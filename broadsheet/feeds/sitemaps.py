"""Sitemaps (sitemaps.org 0.9, with Google's extension for images): every address of the paper, in files of thousands.

Pages of the tree, topics and contributors stand in blocks by their numbers, so that a file is made by one look into an
index however large the archive is, and never moves an address to another file. A change to a story makes its own file
old and the index of files, which remembers of each block when it last changed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from broadsheet.bylines.cache_keys import CONTRIBUTORS
from broadsheet.bylines.models import Contributor
from broadsheet.kit import rendering
from broadsheet.kit.slug_addresses import slug_address
from broadsheet.masthead.head_metadata import absolute, moment_text
from broadsheet.pages.cache_keys import BLOCK_LENGTH, PAGES, block_key
from broadsheet.pages.models import BasePage
from broadsheet.pages.views import front_path
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import WHOLE, offered, rendition
from broadsheet.sections.selectors import in_the_papers_order
from broadsheet.topics.cache_keys import TOPICS
from broadsheet.topics.models import Topic

LISTED = [("stories", "story"), ("stories", "informationpage"), ("fronts", "homepage")]
"""Kinds of pages that search engines are told of. Months and years lead to what is listed anyway."""

IS_OWN = Q(story=None) | Q(story__canonical_url="")
"""Stories that were first published elsewhere are left to that paper."""


@dataclass(frozen=True)
class Location:
    """An address in a sitemap, with the picture that stands there, if one does."""

    url: str
    changed_at: str = ""
    picture_url: str = ""


@dataclass(frozen=True)
class File:
    """A sitemap in the index of sitemaps: which kind, which block of numbers, and when any of it last changed."""

    kind: str
    number: int
    changed_at: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return absolute(reverse("sitemap", args=[self.kind, self.number]))


def files() -> list[File]:
    """Return all sitemaps that hold anything."""
    places = [File("sections", 0)] if in_the_papers_order() else []
    return [*_page_files(), *places, *_slug_files("topics"), *_slug_files("contributors")]


def locations(kind: str, number: int) -> list[Location]:
    """Return what stands in one sitemap; nothing where there is no such file."""
    if kind == "pages":
        return _page_locations(number)
    if kind == "sections":
        slugs = [place.slug for place in in_the_papers_order()] if number == 0 else []
        return [Location(absolute(slug_address("section", slug))) for slug in slugs]
    rows, view_name = _slugs(kind)
    here = rows.filter(pk__gte=number * BLOCK_LENGTH, pk__lt=(number + 1) * BLOCK_LENGTH).order_by("pk")
    return [Location(absolute(slug_address(view_name, slug))) for slug in here.values_list("slug", flat=True)]


def _page_files() -> Iterator[File]:
    """Yield the blocks of pages with what was last published in each; of those that changed alone it is asked anew.

    Of the first page in a block nothing tells but that another page is published.
    """
    rendering.read_under([PAGES])
    newest = BasePage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    blocks = range(newest // BLOCK_LENGTH + 1)
    found = rendering.remembered_each("pages of a block", blocks, _blocks, _said_of_a_block)
    return (file for number in blocks if (file := found[number]) is not None)


def _blocks(numbers: Sequence[int]) -> dict[int, tuple[str, File | None]]:
    """Return under which key it stands what the index says of each of some blocks, and what that is: nothing of one
    without pages of the paper's own."""
    found: dict[int, File | None] = {}
    for first, last in _runs(numbers):
        found |= _last_changes(first, last)
    keys = {number: block_key(number * BLOCK_LENGTH) if number in found else PAGES for number in numbers}
    return {number: (key, found.get(number)) for number, key in keys.items()}


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of numbers that follow each other."""
    by_distance = groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in pairs] for _, pairs in by_distance]
    return [(run[0], run[-1]) for run in runs]


def _last_changes(first: int, last: int) -> dict[int, File | None]:
    """Return the blocks from one to another that hold pages: a file where some are the paper's own."""
    pages = _pages().filter(pk__gte=first * BLOCK_LENGTH, pk__lt=(last + 1) * BLOCK_LENGTH)
    blocks = pages.annotate(block=F("pk") / BLOCK_LENGTH).values_list("block")
    rows = list(blocks.annotate(newest=Max("last_published_at"), lowest=Min("pk")))
    own = set(_pages().filter(IS_OWN, pk__in=[lowest for _, _, lowest in rows]).values_list("pk", flat=True))
    files = {number: File("pages", number, moment_text(newest) if newest else "") for number, newest, _ in rows}
    return {
        number: files[number] if lowest in own or _own_pages_of(number).exists() else None for number, _, lowest in rows
    }


def _said_of_a_block(told: tuple[str, File | None]) -> File | None:
    key, file = told
    rendering.read_under([key])
    return file


def _own_pages_of(number: int) -> "QuerySet[Any]":
    return _pages().filter(IS_OWN, pk__gte=number * BLOCK_LENGTH, pk__lt=(number + 1) * BLOCK_LENGTH)


def _page_locations(number: int) -> list[Location]:
    rendering.read_under([block_key(number * BLOCK_LENGTH)])
    rows = list(_own_pages_of(number).order_by("pk").values_list("url_path", "last_published_at", "lead_photo_id"))
    photos = Photo.objects.in_bulk({photo_id for _, _, photo_id in rows if photo_id})
    return [_location(path, changed_at, photos.get(photo_id)) for path, changed_at, photo_id in rows]


def _location(url_path: str, changed_at: dt.datetime | None, photo: Photo | None) -> Location:
    is_shown = photo is not None and not photo.is_withheld()
    picture = rendition(photo, offered(photo, WHOLE)[-1], "jpg").url if photo and is_shown else ""
    return Location(
        url=absolute(f"/{iri_to_uri(url_path.removeprefix(front_path()))}"),
        changed_at=moment_text(changed_at) if changed_at else "",
        picture_url=absolute(picture) if picture else "",
    )


def _pages() -> "QuerySet[Any]":
    kinds = [ContentType.objects.get_by_natural_key(app, model) for app, model in LISTED]
    pages: QuerySet[Any] = BasePage.objects.filter(live=True, content_type__in=kinds).order_by()
    return pages


def _slug_files(kind: str) -> Iterable[File]:
    rows, _ = _slugs(kind)
    blocks = rows.annotate(block=F("pk") / BLOCK_LENGTH).order_by("block").values_list("block", flat=True).distinct()
    return [File(kind, number) for number in blocks]


def _slugs(kind: str) -> "tuple[QuerySet[Any], str]":
    """Return the rows behind a kind of sitemap, and the view that shows one of them."""
    if kind == "topics":
        rendering.read_under([TOPICS])
        return Topic.objects.filter(merged_into=None), "topic"
    rendering.read_under([CONTRIBUTORS])
    return Contributor.objects.all(), "contributor"
