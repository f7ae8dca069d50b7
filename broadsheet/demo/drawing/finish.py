"""From SVG to a newspaper's photograph: Chromium draws it, Pillow grades it, and the file says whose it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from struct import pack
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageChops, ImageEnhance, ImageFilter
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
LARGEST_BYTES = 106_000
"""Keeps the whole set of fifty under 5 MB in the repository."""
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"


@dataclass(frozen=True)
class Label:
    """What the file says about itself."""

    caption: str
    credit: str
    alt: str
    rights: str
    terms: str
    place: str = ""


@contextmanager
def darkroom() -> Iterator[Page]:
    """A headless browser's page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def expose(page: Page, svg: str, width: int, height: int) -> Image.Image:
    """The drawing as pixels."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{svg}")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def grade(picture: Image.Image, warmth: float = 0.0) -> Image.Image:
    """Film: a little contrast, darker corners, grain, and warm or cool by a few per cent."""
    size = picture.size
    dark = Image.radial_gradient("L").resize(size, Image.Resampling.BICUBIC)
    corners = dark.point(lambda value: max(0, value - 110) * 0.42)
    picture = Image.composite(Image.new("RGB", size, "#0b1016"), picture, corners)
    picture = ImageEnhance.Contrast(picture).enhance(1.04)
    red, green, blue = picture.split()
    picture = Image.merge("RGB", (red.point(lambda v: v * (1 + warmth)), green, blue.point(lambda v: v * (1 - warmth))))
    grain = Image.effect_noise(size, 17).filter(ImageFilter.GaussianBlur(0.7))
    return ImageChops.soft_light(picture, Image.merge("RGB", (grain,) * 3))


def save(picture: Image.Image, path: Path, label: Label, largest_bytes: int = LARGEST_BYTES) -> int:
    """Write the JPEG under `largest_bytes` with Exif, IPTC and XMP in it; returns its size in bytes."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = label.caption, label.credit, label.rights
    xmp, iptc = _xmp(label).encode(), _iptc(label)
    for quality in range(86, 40, -3):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=exif, xmp=xmp, extra=iptc)
        if buffer.tell() <= largest_bytes:
            break
    path.write_bytes(buffer.getvalue())
    return buffer.tell()


def _xmp(label: Label) -> str:
    """XMP with the IPTC Photo Metadata Standard's fields."""

    def lang(name: str, text: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmpRights:Marked="True"'
        f" photoshop:Credit={quoteattr(label.credit)}"
        f" Iptc4xmpExt:DigitalSourceType={quoteattr(DIGITAL_SOURCE)} Iptc4xmpCore:Location={quoteattr(label.place)}>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(label.credit)}</rdf:li></rdf:Seq></dc:creator>"
        f"{lang('dc:description', label.caption)}{lang('dc:rights', label.rights)}{lang('xmpRights:UsageTerms', label.terms)}"
        f"{lang('Iptc4xmpCore:AltTextAccessibility', label.alt)}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def _iptc(label: Label) -> bytes:
    """An APP13 segment with the IPTC-IIM datasets for creator, credit, copyright and caption, in UTF-8."""
    datasets = b"\x1c\x01\x5a\x00\x03\x1b%G"
    fields = ((80, label.credit, 32), (110, label.credit, 32), (116, label.rights, 128), (120, label.caption, 2000))
    for number, text, longest in fields:
        value = text.encode()[:longest].decode(errors="ignore").encode()
        datasets += b"\x1c\x02" + bytes((number,)) + pack(">H", len(value)) + value
    block = b"8BIM\x04\x04\x00\x00" + pack(">I", len(datasets)) + datasets + (b"\0" if len(datasets) % 2 else b"")
    payload = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + pack(">H", len(payload) + 2) + payload
