"""Makers of photos, for tests."""

import factory
from wagtail_factories import ImageFactory

from broadsheet.photos.models import Photo


class PhotoFactory(ImageFactory):
    """A photo with true caption, credit and alternative text."""

    class Meta:
        model = Photo

    title = factory.Sequence(lambda number: f"Ferry {number}")
    caption = "The evening ferry leaves Eastmere."
    alt_text = "A white ferry on dark water below a row of cranes."
    credit = "RU PHOTO/MARIT SOLENG"
