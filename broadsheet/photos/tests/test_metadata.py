"""What a file says of itself: XMP before IPTC before Exif, in any alphabet, verbatim."""

from pathlib import Path

import pytest
from defusedxml.common import DefusedXmlException
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.photos.darkroom.rights_packet import RIGHTS_FIELDS, rights_iim_segment, rights_xmp
from broadsheet.photos.metadata.exif import read_exif
from broadsheet.photos.metadata.iim import read_iim
from broadsheet.photos.metadata.record import clean_text, merge
from broadsheet.photos.metadata.xmp import read_xmp
from broadsheet.photos.tests.pictures import camera_exif, iim_block, xmp_packet

UTF8 = b"\x1b%G"
CAPTION, CREDIT, BYLINE, CITY, COUNTRY, DATE, TIME = 120, 110, 80, 90, 101, 55, 60


def test_xmp_wins_over_iptc_and_both_over_exif() -> None:
    merged = merge(
        xmp={"caption": "from XMP"},
        iim={"caption": "from IPTC", "credit": "AFP"},
        exif={"caption": "from Exif", "credit": "no", "photographer": "A. Name"},
    )

    assert merged.values == {"caption": "from XMP", "credit": "AFP", "photographer": "A. Name"}
    assert merged.origins == {"caption": "XMP", "credit": "IPTC", "photographer": "Exif"}


def test_a_credit_is_kept_verbatim() -> None:
    credit = "AFP PHOTO/AHMAD AL-RUBAYE"

    assert read_xmp(xmp_packet(credit=credit))["credit"] == credit
    assert read_iim(iim_block((CREDIT, credit.encode())))["credit"] == credit


@pytest.mark.parametrize(
    ("written", "charset", "read"),
    [
        ("Zürich – “Straße”".encode(), UTF8, "Zürich – “Straße”"),
        ("Zürich".encode(), b"", "Zürich"),
        ("Zürich – “Straße”".encode("cp1252"), b"", "Zürich – “Straße”"),
        ("Malmö".encode("latin-1"), b"", "Malmö"),
        ("الموصل".encode(), UTF8, "الموصل"),
        (b"bad \xff byte", UTF8, "bad \ufffd byte"),
    ],
)
def test_iptc_is_read_in_the_alphabet_it_was_written_in(written: bytes, charset: bytes, read: str) -> None:
    assert read_iim(iim_block((CAPTION, written), charset=charset))["caption"] == read


def test_iptc_dates_and_places_become_ours() -> None:
    block = iim_block((DATE, b"20161019"), (TIME, b"140311+0300"), (CITY, b"Mosul"), (COUNTRY, b"Iraq"))

    fields = read_iim(block)

    assert fields["taken_at"] == "2016-10-19T14:03:11+03:00"
    assert fields["taken_place"] == "Mosul, Iraq"


def test_a_wrong_date_says_nothing() -> None:
    assert read_iim(iim_block((DATE, b"20161340"))) == {}
    assert read_iim(iim_block((DATE, b"00000000"), (TIME, b"000000"))) == {}


def test_exif_gives_photographer_and_time_and_never_the_place() -> None:
    block = camera_exif(artist="Ilya Kurikhin", copyright="(C)Ilya Kurikhin").replace(b"(C)", "© ".encode())

    fields = read_exif(block)

    assert fields == {
        "photographer": "Ilya Kurikhin",
        "copyright_notice": "© Ilya Kurikhin",
        "taken_at": "2016-10-19T14:03:11+03:00",
    }


def test_what_a_camera_writes_by_itself_is_no_caption() -> None:
    assert "caption" not in read_exif(camera_exif(description="OLYMPUS DIGITAL CAMERA"))


def test_the_reference_photo_of_the_iptc_is_read_field_by_field(fixtures_dir: Path) -> None:
    packet = (fixtures_dir / "photo-metadata" / "iptc-std-2024.1-reference.xmp").read_bytes()

    fields = read_xmp(packet)

    assert fields["title"] == "The Headline (ref2023.2)"
    assert fields["caption"] == "The description aka caption (ref2023.2)"
    assert fields["alt_text"] == "This is the Alt Text description to support accessibility in 2023.2"
    assert fields["credit"] == "Credit Line (ref2023.2)"
    assert fields["photographer"] == "Creator1 (ref2023.2)"
    assert fields["agency"] == "Source (ref2023.2)"
    assert fields["licence_url"] == "https://example.com/WebStatementOfRights/ref2023.2"
    assert fields["licensor_url"] == "https://example.com/LicensorURL_1_ref2023.2"
    assert fields["digital_source_type"].endswith("/softwareImage")
    assert fields["taken_place"].startswith("Sublocation (Location created1)")


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
    ],
)
def test_xmp_with_entities_or_a_document_type_is_refused(packet: bytes) -> None:
    with pytest.raises(DefusedXmlException):
        read_xmp(packet)


def test_a_licence_address_that_is_no_web_address_is_dropped() -> None:
    packet = rights_xmp({"licence_url": "javascript:alert(1)", "credit": "AFP"})

    assert read_xmp(packet) == {"credit": "AFP"}


@given(st.binary(max_size=400))
def test_no_iptc_block_breaks_the_reading(block: bytes) -> None:
    read_iim(block)
    read_iim(iim_block((CAPTION, b"before")) + block)


@given(st.fixed_dictionaries({name: st.text(max_size=80) for name in RIGHTS_FIELDS if not name.endswith("_url")}))
def test_rights_written_into_a_rendition_are_read_back_as_they_were(rights: dict[str, str]) -> None:
    rights = {name: clean_text(text) for name, text in rights.items()}

    read_back = read_xmp(rights_xmp(rights)) if any(rights.values()) else {}

    for name in ("credit", "photographer", "copyright_notice"):
        assert read_back.get(name, "") == rights[name]


@given(st.text(max_size=200))
def test_a_credit_survives_iptc_when_it_fits(credit: str) -> None:
    credit = clean_text(credit)
    segment = rights_iim_segment({"credit": credit})

    block = segment[segment.find(b"\x1c\x01\x5a") :] if segment else b""

    if len(credit.encode()) <= 255:
        assert read_iim(block).get("credit", "") == credit
