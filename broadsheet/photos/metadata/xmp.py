"""XMP (RDF in the file), read without entities, document types or the network.

Source: IPTC Photo Metadata Standard 2025.1 and the PLUS vocabulary for the names of the properties.
"""

from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from broadsheet.photos.metadata.record import clean_address, clean_moment, clean_text, join_place

LARGEST_PACKET_BYTES = 4 * 1024 * 1024
_DEEPEST = 12

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_CC = "{http://creativecommons.org/ns#}"

Value = str | list["Value"] | dict[str, "Value"]


def read_xmp(packet: bytes, *, extension: bytes = b"") -> dict[str, str]:
    """Return the paper's fields found in an XMP packet, and in its extension (the part that did not fit in 64 kB).

    A packet that is no XML, too large, or that declares a document type yields nothing.
    """
    properties = {**_properties(extension), **_properties(packet)}

    def text(*names: str) -> str:
        return next(filter(None, (_text(properties.get(name, "")) for name in names)), "")

    fields = {
        "title": text(_PHOTOSHOP + "Headline", _DC + "title"),
        "caption": text(_DC + "description"),
        "alt_text": text(_CORE + "AltTextAccessibility"),
        "credit": text(_PHOTOSHOP + "Credit"),
        "photographer": text(_DC + "creator"),
        "agency": text(_PHOTOSHOP + "Source"),
        "copyright_notice": text(_DC + "rights"),
        "usage_terms": text(_RIGHTS + "UsageTerms", _PHOTOSHOP + "Instructions"),
        "licence_url": clean_address(text(_RIGHTS + "WebStatement", _CC + "license")),
        "licensor_url": clean_address(_first(properties.get(_PLUS + "Licensor", ""), _PLUS + "LicensorURL")),
        "rights_expire_on": clean_moment(text(_PLUS + "LicenseEndDate")),
        "taken_at": clean_moment(text(_PHOTOSHOP + "DateCreated")),
        "taken_place": _place(properties),
        "digital_source_type": clean_address(text(_EXT + "DigitalSourceType")),
    }
    return {name: value for name, value in fields.items() if value}


def _properties(packet: bytes) -> dict[str, Value]:
    """Return all properties of a packet by qualified name."""
    packet = packet.strip(b"\x00 \t\r\n")
    if not packet or len(packet) > LARGEST_PACKET_BYTES:
        return {}
    root = fromstring(packet, forbid_dtd=True)
    properties: dict[str, Value] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in _members(description, depth=0).items():
            properties.setdefault(name, value)
    return properties


def _members(element: Element, *, depth: int) -> dict[str, Value]:
    """Return an element's attributes and children as properties."""
    members: dict[str, Value] = {
        name: value for name, value in element.attrib.items() if not name.startswith(_RDF) and name != _LANG
    }
    for child in element:
        members[child.tag] = _value(child, depth=depth + 1)
    return members


def _value(element: Element, *, depth: int) -> Value:
    """Return a property's value: text, a list (Seq, Bag), a structure, or of alternatives the default one."""
    if depth > _DEEPEST or _RDF + "resource" in element.attrib:
        return element.get(_RDF + "resource", "")
    for child in element:
        if child.tag == _RDF + "Alt":
            return _default_language(child)
        if child.tag in {_RDF + "Seq", _RDF + "Bag"}:
            return [_value(item, depth=depth + 1) for item in child]
        if child.tag == _RDF + "Description":
            return _members(child, depth=depth)
    if len(element) or any(not name.startswith(_RDF) and name != _LANG for name in element.attrib):
        return _members(element, depth=depth)
    return element.text or ""


def _default_language(alternatives: Element) -> str:
    """Return the `x-default` text of an rdf:Alt, else its first one that says something."""
    texts = [(item.get(_LANG, ""), (item.text or "").strip()) for item in alternatives]
    default = next((text for language, text in texts if language == "x-default" and text), "")
    return default or next((text for _, text in texts if text), "")


def _text(value: Value) -> str:
    """Return a value as one text; several creators are joined with commas."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    return ""


def _first(value: Value, name: str) -> str:
    """Return member `name` of the first structure in `value` that has it."""
    structures = value if isinstance(value, list) else [value]
    return next((_text(item[name]) for item in structures if isinstance(item, dict) and item.get(name)), "")


def _place(properties: dict[str, Value]) -> str:
    """Return where the picture was taken: the location created, else the older fields of IPTC Core."""
    created = properties.get(_EXT + "LocationCreated", "")
    names = ("Sublocation", "City", "ProvinceState", "CountryName")
    return join_place(*(_first(created, _EXT + name) for name in names)) or join_place(
        *(
            _text(properties.get(name, ""))
            for name in (_CORE + "Location", _PHOTOSHOP + "City", _PHOTOSHOP + "State", _PHOTOSHOP + "Country")
        )
    )
