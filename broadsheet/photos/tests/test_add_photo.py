"""Photos that importers and the demonstration paper bring, and how machines are told of them."""

import io
import json
from pathlib import Path

import pytest

from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.intake import PhotoRefused
from broadsheet.photos.models import Photo
from broadsheet.photos.structured_data import article_images, image_object, social_image
from broadsheet.photos.tests.pictures import agency_photo, picture

pytestmark = pytest.mark.django_db

BASE = "https://paper.example"


def test_what_is_given_wins_over_what_the_file_says() -> None:
    photo = add_photo(file=io.BytesIO(agency_photo()), filename="AFP_HB1NA.jpg", caption="Given", alt_text="A gate.")

    photo.refresh_from_db()
    assert photo.caption == "Given"
    assert photo.credit == "AFP PHOTO/AHMAD AL-RUBAYE"
    assert photo.title == "AFP_HB1NA"
    assert photo.read_from_file == {
        "credit": "XMP",
        "photographer": "IPTC",
        "copyright_notice": "Exif",
        "taken_at": "Exif",
    }


def test_a_file_that_is_no_photo_is_refused_and_nothing_is_kept(own_media: Path) -> None:
    with pytest.raises(PhotoRefused):
        add_photo(file=io.BytesIO(b"hello"), filename="hello.jpg")

    assert not Photo.objects.exists()
    assert not list(own_media.rglob("*.jpg"))


def test_the_same_file_twice_is_one_photo_when_asked_for() -> None:
    first = add_photo(file=io.BytesIO(picture()), filename="ferry.jpg")

    again = add_photo(file=io.BytesIO(picture()), filename="other.jpg", reuse_identical=True)
    other = add_photo(file=io.BytesIO(picture(colour="red")), filename="other.jpg", reuse_identical=True)

    assert again == first
    assert other != first


def test_a_photo_describes_itself_to_search_engines() -> None:
    photo = add_photo(
        file=io.BytesIO(picture((2000, 1000))),
        filename="ferry.jpg",
        caption="The ferry leaves.",
        alt_text="A ferry.",
        credit="RU PHOTO/MARIT SOLENG",
        photographer="Marit Soleng",
        copyright_notice="© 2016",
        licence_url="https://paper.example/licence",
        licensor_url="https://paper.example/buy",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    )

    described = image_object(photo, BASE)

    assert described == {
        "@type": "ImageObject",
        "contentUrl": f"{BASE}/media/r/{photo.pk}/{photo.rendition_key}/w1600.jpg",
        "width": {"@type": "QuantitativeValue", "value": 1600, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": 800, "unitCode": "E37"},
        "caption": "The ferry leaves.",
        "creditText": "RU PHOTO/MARIT SOLENG",
        "creator": {"@type": "Person", "name": "Marit Soleng"},
        "copyrightNotice": "© 2016",
        "license": "https://paper.example/licence",
        "acquireLicensePage": "https://paper.example/buy",
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    }
    assert [address.rpartition("/")[2] for address in article_images(photo, BASE)] == [
        "n1200x675.jpg",
        "n1200x900.jpg",
        "n1200x1200.jpg",
    ]
    assert (social_image(photo).width, social_image(photo).height) == (1200, 630)


def test_what_a_photo_says_is_in_the_vocabulary(fixtures_dir: Path) -> None:
    vocabulary = json.loads((fixtures_dir / "schemas/schemaorg-30.0/schemaorg-current-https.jsonld").read_text())
    terms = {node["@id"] for node in vocabulary["@graph"]}
    photo = add_photo(
        file=io.BytesIO(picture()),
        filename="ferry.jpg",
        caption="The ferry leaves.",
        credit="RU PHOTO",
        agency="RU",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    )

    described = image_object(photo, BASE)

    assert {f"schema:{name}" for name in described if not name.startswith("@")} <= terms
    assert described["digitalSourceType"].replace("https://schema.org/", "schema:") in terms


def test_a_photo_without_rights_data_claims_none() -> None:
    photo = add_photo(file=io.BytesIO(picture((300, 200))), filename="ferry.jpg")

    assert set(image_object(photo, BASE)) == {"@type", "contentUrl", "width", "height"}
    assert social_image(photo).width == 300
