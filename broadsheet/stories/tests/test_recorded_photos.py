"""Which words of photos a story shows, as the record keeps them."""

from typing import Any

import pytest

from broadsheet.stories.recorded_photos import PhotoWords, photos_shown, with_photo_words

FERRY = PhotoWords("The evening ferry.", "RU PHOTO", "A white ship on dark water.", False)
CRANE = PhotoWords("The crane.", "AFP", "A crane.", True)


def content(*blocks: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    body = [{"type": kind, "value": value, "id": f"{n}"} for n, (kind, value) in enumerate(blocks)]
    return {"lead_photo_id": None, "lead_photo_caption": "", "body": body} | fields


def shown(told: dict[str, Any]) -> Any:
    return with_photo_words(told, {1: FERRY, 2: CRANE}).get("photos")


def test_lead_text_and_gallery_show_the_words_of_their_photos() -> None:
    item = {"type": "item", "value": {"photo": 2, "caption": ""}, "id": "x"}
    told = content(("photo", {"photo": 1, "caption": ""}), ("gallery", {"title": "", "photos": [item]}))

    assert shown(told) == {
        "1": {"caption": "The evening ferry.", "credit": "RU PHOTO", "alt_text": "A white ship on dark water."},
        "2": {"caption": "The crane.", "credit": "AFP", "alt_text": ""},
    }
    assert shown(content(lead_photo_id=2))["2"]["caption"] == "The crane."
    assert photos_shown(told) == {1: True, 2: True}


def test_a_caption_that_nobody_sees_is_not_among_them() -> None:
    told = content(("photo", {"photo": 1, "caption": "Ours."}), lead_photo_id=1, lead_photo_caption="Ours, too.")

    assert shown(told)["1"]["caption"] == ""
    assert photos_shown(told) == {1: False}


def test_a_caption_that_stands_at_one_of_two_places_is() -> None:
    told = content(("photo", {"photo": 1, "caption": ""}), lead_photo_id=1, lead_photo_caption="Ours.")

    assert shown(told)["1"]["caption"] == "The evening ferry."
    assert photos_shown(told) == {1: True}


def test_an_alternative_text_that_repeats_the_caption_is_not_heard() -> None:
    told = content(("photo", {"photo": 1, "caption": "A white ship on dark water"}))

    assert shown(told)["1"]["alt_text"] == ""


@pytest.mark.parametrize("told", [content(), content(("photo", {"photo": 9, "caption": ""})), {"zones": []}])
def test_content_that_shows_no_photo_stays_as_it_is(told: dict[str, Any]) -> None:
    assert with_photo_words(told, {1: FERRY}) == told
