"""The rights that travel inside a public rendition, as XMP and (in a JPEG) as IPTC-IIM. Nothing else travels.

Source: IPTC Photo Metadata Standard 2025.1; agencies' contracts and search engines read these six fields.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
)
_TAIL = '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'

_ELEMENTS = {
    "photographer": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "credit": "<photoshop:Credit>{}</photoshop:Credit>",
    "copyright_notice": '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>',
    "licence_url": "<xmpRights:WebStatement>{}</xmpRights:WebStatement>",
    "licensor_url": (
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
        "<plus:LicensorURL>{}</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
    ),
    "digital_source_type": "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>",
}
RIGHTS_FIELDS = tuple(_ELEMENTS)
"""The fields of `Photo` that are embedded; changing one of them makes new renditions."""

_IIM_DATASETS = {"photographer": (80, 32), "credit": (110, 255), "copyright_notice": (116, 128)}


def rights_xmp(rights: Mapping[str, str]) -> bytes:
    """Return an XMP packet with the given rights fields, or nothing when all are empty."""
    elements = "".join(form.format(escape(rights[name])) for name, form in _ELEMENTS.items() if rights.get(name))
    return (_HEAD + elements + _TAIL).encode() if elements else b""


def rights_iim_segment(rights: Mapping[str, str]) -> bytes:
    """Return a JPEG APP13 segment with creator, credit and copyright in UTF-8, or nothing when all are empty.

    Lengths are IIM's own, cut at a character; only the credit may be longer, since it is printed verbatim.
    """
    datasets = b""
    for name, (number, most_bytes) in _IIM_DATASETS.items():
        if text := rights.get(name, ""):
            value = text.encode()[:most_bytes].decode("utf-8", "ignore").encode()
            datasets += b"\x1c\x02" + bytes([number]) + len(value).to_bytes(2) + value
    if not datasets:
        return b""
    block = b"\x1c\x01\x5a\x00\x03\x1b%G" + datasets
    resource = b"8BIM\x04\x04\x00\x00" + len(block).to_bytes(4) + block + b"\x00" * (len(block) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment
