"""A photo as search engines read it."""

from typing import Any

from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import SOCIAL, STRUCTURED, WHOLE, Rendition, offered, rendition

_PIXEL = "E37"
"""UN/CEFACT code; schema.org takes a width as a Distance or a QuantitativeValue, never as a bare number."""


def image_object(photo: Photo, base_url: str, *, caption: str = "") -> dict[str, Any]:
    """Return the schema.org `ImageObject` of `photo`, with addresses below `base_url` (no slash at its end).

    `caption` is the one that stands beside it on the page, where that is not the photo's own.
    """
    shown = rendition(photo, offered(photo, WHOLE)[-1], "jpg")
    creator = {"@type": "Person", "name": photo.photographer} if photo.photographer else None
    if creator is None and photo.agency:
        creator = {"@type": "Organization", "name": photo.agency}
    described = {
        "@type": "ImageObject",
        "contentUrl": base_url + shown.url,
        "width": _pixels(shown.width),
        "height": _pixels(shown.height),
        "caption": caption or photo.caption,
        "creditText": photo.credit,
        "creator": creator,
        "copyrightNotice": photo.copyright_notice,
        "license": photo.licence_url,
        "acquireLicensePage": photo.licensor_url,
        "digitalSourceType": _enumeration(photo.digital_source_type),
    }
    return {name: value for name, value in described.items() if value}


def article_images(photo: Photo, base_url: str) -> list[str]:
    """Return the addresses of the 16:9, 4:3 and 1:1 pictures that an article's structured data lists."""
    return [base_url + rendition(photo, spec, "jpg").url for spec in STRUCTURED]


def social_image(photo: Photo) -> Rendition:
    """Return the 1200 x 630 picture for shared links (smaller when the photo is)."""
    return rendition(photo, SOCIAL, "jpg")


def _pixels(value: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "value": value, "unitCode": _PIXEL}


def _enumeration(address: str) -> str:
    """Return schema.org's name for an IPTC digital source type (`.../trainedAlgorithmicMedia`), if it has one."""
    name = address.rstrip("/").rpartition("/")[2]
    return f"https://schema.org/{name[0].upper()}{name[1:]}DigitalSource" if name in _SOURCE_TYPES else ""


_SOURCE_TYPES = frozenset(
    {
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "composite",
        "compositeCapture",
        "compositeSynthetic",
        "compositeWithTrainedAlgorithmicMedia",
        "dataDrivenMedia",
        "digitalArt",
        "digitalCapture",
        "minorHumanEdits",
        "multiFrameComputationalCapture",
        "negativeFilm",
        "positiveFilm",
        "print",
        "screenCapture",
        "trainedAlgorithmicMedia",
        "virtualRecording",
    }
)
"""IPTC's digital source types that are members of schema.org 30.0's `IPTCDigitalSourceEnumeration`."""
