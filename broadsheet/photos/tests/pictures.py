"""Makers of picture files with exactly the metadata that a test speaks of."""

import io
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

GPS_LATITUDE = (36.0, 20.0, 6.0)  # Mosul, Iraq
CAMERA_SERIAL = "SN-4711-0815"


def picture(
    size: tuple[int, int] = (640, 480), *, form: str = "JPEG", colour: str = "#456", mode: str = "RGB", **options: Any
) -> bytes:
    """Return an encoded picture of one colour."""
    output = io.BytesIO()
    Image.new(mode, size, colour).save(output, form, **options)
    return output.getvalue()


def halves(size: tuple[int, int], left: str, right: str, *, form: str = "PNG", **options: Any) -> bytes:
    """Return a picture whose left and right halves differ in colour."""
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    output = io.BytesIO()
    image.save(output, form, **options)
    return output.getvalue()


def camera_exif(*, orientation: int = 1, **texts: str) -> bytes:
    """Return an Exif block as a camera writes it: with the place, a serial number and a time."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Artist] = texts.get("artist", "")
    exif[Base.ImageDescription] = texts.get("description", "")
    exif[Base.Copyright] = texts.get("copyright", "")
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2016:10:19 14:03:11"
    exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+03:00"
    exif.get_ifd(IFD.Exif)[Base.BodySerialNumber] = CAMERA_SERIAL
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = GPS_LATITUDE
    return exif.tobytes()


def xmp_packet(**texts: str) -> bytes:
    """Return an XMP packet with dc:description as `caption`, photoshop:Credit as `credit` and so on."""
    simple = {"credit": "photoshop:Credit", "agency": "photoshop:Source", "place": "photoshop:City"}
    elements = "".join(f"<{name}>{escape(texts[key])}</{name}>" for key, name in simple.items() if key in texts)
    if "caption" in texts:
        words = f'<rdf:li xml:lang="x-default">{escape(texts["caption"])}</rdf:li>'
        elements += f"<dc:description><rdf:Alt>{words}</rdf:Alt></dc:description>"
    if "gps" in texts:
        elements += f"<exif:GPSLatitude>{escape(texts['gps'])}</exif:GPSLatitude>"
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        f' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{elements}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def iim_block(*datasets: tuple[int, bytes], charset: bytes = b"") -> bytes:
    """Return an IPTC-IIM block: datasets of record 2, after the character set when one is declared."""
    block = b"\x1c\x01\x5a" + len(charset).to_bytes(2) + charset if charset else b""
    for number, value in datasets:
        block += b"\x1c\x02" + bytes([number]) + len(value).to_bytes(2) + value
    return block


def iim_segment(block: bytes) -> bytes:
    """Return the JPEG segment that carries an IIM block."""
    resource = b"8BIM\x04\x04\x00\x00" + len(block).to_bytes(4) + block + b"\x00" * (len(block) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment


def agency_photo(size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG as an agency sends it: XMP, IPTC and Exif that differ, and the place of the camera in it."""
    return picture(
        size,
        exif=camera_exif(artist="Camera Artist", description="Camera caption", copyright="Camera copyright"),
        xmp=xmp_packet(caption="XMP caption", credit="AFP PHOTO/AHMAD AL-RUBAYE", gps="36,20.1N"),
        extra=iim_segment(iim_block((120, b"IPTC caption"), (110, b"IPTC CREDIT"), (80, b"Ahmad Al-Rubaye"))),
    )
