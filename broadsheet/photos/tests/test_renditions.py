"""The arithmetic of sizes: nothing enlarged, the focal point always in the picture, addresses that never lie."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.photos.darkroom.rights_packet import RIGHTS_FIELDS
from broadsheet.photos.models import Photo
from broadsheet.photos.picture import LAYOUTS, make_picture
from broadsheet.photos.renditions import SPECS, all_offered, compute_rendition_key, crop_box, rendition


@dataclass
class Negative:
    """A photo, as far as arithmetic is concerned."""

    width: int
    height: int
    focal_point_x: int | None = None
    focal_point_y: int | None = None
    pk: int = 7
    rendition_key: str = "0123456789ab"
    caption: str = "Ahmad Hussein waits at the east gate on Monday."
    alt_text: str = "A man with a child on his shoulders behind a steel gate."
    is_decorative: bool = False


sides = st.integers(min_value=1, max_value=12_000)
negatives = st.builds(Negative, width=sides, height=sides).flatmap(
    lambda one: st.builds(
        Negative,
        width=st.just(one.width),
        height=st.just(one.height),
        focal_point_x=st.none() | st.integers(0, one.width),
        focal_point_y=st.none() | st.integers(0, one.height),
    )
)


@given(negatives)
def test_no_rendition_is_larger_than_its_original(photo: Negative) -> None:
    for spec in all_offered(photo):
        shown = rendition(photo, spec, "jpg")
        left, top, right, bottom = shown.box
        assert 0 <= left < right <= photo.width
        assert 0 <= top < bottom <= photo.height
        assert 1 <= shown.width <= right - left
        assert 1 <= shown.height <= bottom - top + 1  # a pixel of rounding


@given(negatives, st.sampled_from([(3, 2), (1, 1), (16, 9), (1200, 630)]))
def test_a_crop_keeps_the_focal_point_inside(photo: Negative, ratio: tuple[int, int]) -> None:
    left, top, right, bottom = crop_box(photo, ratio)

    assert right - left == photo.width or bottom - top == photo.height
    if photo.focal_point_x is not None:
        assert left <= photo.focal_point_x <= right
    if photo.focal_point_y is not None:
        assert top <= photo.focal_point_y <= bottom


@given(negatives, st.sampled_from(sorted(LAYOUTS)))
def test_a_srcset_never_offers_more_than_the_photo_has(photo: Negative, layout: str) -> None:
    shown = make_picture(photo, LAYOUTS[layout])

    for srcset in (shown.srcset, *(source.srcset for source in shown.sources)):
        widths = [int(candidate.rpartition(" ")[2][:-1]) for candidate in srcset.split(", ")]
        assert widths == sorted(set(widths))
        assert widths[-1] <= photo.width
    assert shown.width > 0
    assert shown.height > 0
    assert shown.sizes


def test_sizes_above_the_photo_are_left_out() -> None:
    shown = make_picture(Negative(700, 500), LAYOUTS["lead"])

    assert shown.sources[0].type == "image/avif"
    assert shown.sources[0].srcset == (
        "/media/r/7/0123456789ab/w320.avif 320w, "
        "/media/r/7/0123456789ab/w480.avif 480w, "
        "/media/r/7/0123456789ab/w640.avif 640w"
    )
    assert (shown.src, shown.width, shown.height) == ("/media/r/7/0123456789ab/w640.jpg", 640, 457)


def test_a_photo_below_the_smallest_size_is_offered_as_it_is() -> None:
    shown = make_picture(Negative(200, 100), LAYOUTS["lead"])

    assert (shown.width, shown.height) == (200, 100)
    assert shown.srcset == "/media/r/7/0123456789ab/w320.jpg 200w"


def test_front_photos_are_cut_three_to_two_round_the_focal_point() -> None:
    photo = Negative(3000, 1000, focal_point_x=2900, focal_point_y=500)

    assert crop_box(photo, SPECS["c640"].ratio) == (1500, 0, 3000, 1000)
    shown = make_picture(photo, LAYOUTS["front_lead"])
    assert shown.width / shown.height == pytest.approx(1.5, abs=0.01)


def test_an_alternative_text_that_repeats_the_caption_is_not_said_twice() -> None:
    photo = Negative(700, 500, caption="Iraqi forces in Mosul.", alt_text="Iraqi forces in Mosul")

    assert make_picture(photo, LAYOUTS["lead"]).alt == ""
    assert make_picture(photo, LAYOUTS["lead"], caption="").alt == "Iraqi forces in Mosul"
    assert make_picture(photo, LAYOUTS["lead"], caption="Another caption here.").alt == "Iraqi forces in Mosul"


def test_a_decorative_photo_is_silent() -> None:
    assert make_picture(Negative(700, 500, is_decorative=True), LAYOUTS["lead"]).alt == ""


@pytest.mark.parametrize("field", ["file_hash", *RIGHTS_FIELDS])
def test_the_key_changes_with_what_a_rendition_carries(field: str) -> None:
    photo = Photo(collection_id=1, file_hash="one", credit="AFP")
    before = compute_rendition_key(photo)

    setattr(photo, field, "something else")

    assert compute_rendition_key(photo) != before


def test_the_key_changes_with_the_focal_point_and_not_with_the_words() -> None:
    photo = Photo(collection_id=1, file_hash="one")
    before = compute_rendition_key(photo)

    photo.caption, photo.alt_text = "new", "words"
    assert compute_rendition_key(photo) == before

    photo.focal_point_x = 3
    assert compute_rendition_key(photo) != before


def test_a_photo_leaves_the_templates_the_day_after_its_rights_end() -> None:
    photo = Photo(collection_id=1, file_hash="one", width=700, height=500, rights_expire_on=dt.date(2016, 10, 19))

    assert not photo.rights_have_ended(dt.date(2016, 10, 19))
    assert photo.rights_have_ended(dt.date(2016, 10, 20))
    assert photo.picture("lead") is None
