"""What a template needs to show a photo: sources for `<picture>`, width and height, alternative text.

The contract with templates: `{% load photo_tags %}{% picture photo "lead" as picture %}` (or `photo.picture("lead")`)
gives a `Picture`, or nothing when there is no photo or its rights have ended. By arithmetic alone: no query, no file.

    <picture>
      {% for source in picture.sources %}<source type="{{ source.type }}" srcset="{{ source.srcset }}"
        sizes="{{ picture.sizes }}">{% endfor %}
      <img src="{{ picture.src }}" srcset="{{ picture.srcset }}" sizes="{{ picture.sizes }}"
        width="{{ picture.width }}" height="{{ picture.height }}" alt="{{ picture.alt }}">
    </picture>

Layouts are named in `LAYOUTS`; a template may give its own `sizes` instead of the layout's:
`{% picture photo "card" sizes="12rem" as picture %}`. Where the caption is not shown, say so with `caption=""`;
where another caption stands beside it, give that: an alternative text that only repeats the caption is left empty,
so that nobody hears the same words twice.
"""

from dataclasses import dataclass
from typing import Protocol

from broadsheet.photos.guards import repeats
from broadsheet.photos.renditions import (
    CONTENT_TYPES,
    CROPPED,
    SQUARE,
    WHOLE,
    Developed,
    Spec,
    offered,
    rendition,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for photos: its family of sizes, the `sizes` attribute, and the width of the plain `src` in pixels."""

    family: tuple[Spec, ...]
    sizes: str
    fallback_width: int


LAYOUTS = {
    "lead": Layout(WHOLE, "(min-width: 64rem) 60rem, 100vw", 960),
    "body": Layout(WHOLE, "(min-width: 48rem) 42rem, 100vw", 640),
    "gallery": Layout(WHOLE, "(min-width: 48rem) 50vw, 100vw", 640),
    "front_lead": Layout(CROPPED, "(min-width: 64rem) 40rem, 100vw", 960),
    "front_second": Layout(CROPPED, "(min-width: 64rem) 20rem, (min-width: 40rem) 50vw, 100vw", 640),
    "card": Layout(CROPPED, "(min-width: 64rem) 18rem, (min-width: 40rem) 33vw, 100vw", 480),
    "thumb": Layout(CROPPED, "7.5rem", 320),
    "portrait": Layout(SQUARE, "6rem", 192),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One `<source>`: a media type and its candidates."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """See the module's docstring. `width` and `height` are those of `src`; every candidate has their ratio."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str


class Described(Developed, Protocol):
    """A photo with its texts."""

    caption: str
    alt_text: str
    is_decorative: bool


def make_picture(photo: Described, layout: Layout, *, sizes: str = "", caption: str | None = None) -> Picture:
    """Return the `Picture` of `photo` in `layout`; `caption` is what stands beside it (None: the photo's own)."""
    specs = offered(photo, layout.family)
    fallback = max((spec for spec in specs if spec.width <= layout.fallback_width), key=_width, default=specs[0])
    shown = rendition(photo, fallback, "jpg")
    beside = photo.caption if caption is None else caption
    is_silent = photo.is_decorative or repeats(photo.alt_text, beside)
    return Picture(
        sources=tuple(
            Source(CONTENT_TYPES[extension], _srcset(photo, specs, extension)) for extension in ("avif", "webp")
        ),
        src=shown.url,
        srcset=_srcset(photo, specs, "jpg"),
        sizes=sizes or layout.sizes,
        width=shown.width,
        height=shown.height,
        alt="" if is_silent else photo.alt_text,
    )


def _width(spec: Spec) -> int:
    return spec.width


def _srcset(photo: Developed, specs: list[Spec], extension: str) -> str:
    made = (rendition(photo, spec, extension) for spec in specs)
    return ", ".join(f"{one.url} {one.width}w" for one in made)
