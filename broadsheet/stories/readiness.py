"""What a story must have before it may be published, and the lengths that editors aim at.

Drafts may be incomplete; these rules hold from publication on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from broadsheet.photos.models import Photo


@dataclass(frozen=True)
class Lengths:
    """Characters of a text: what is good, from where it is too long, and what is refused (0: nothing)."""

    good_from: int
    good_to: int
    warn_over: int
    most: int = 0


HEADLINE = Lengths(good_from=20, good_to=70, warn_over=90, most=160)
SHORT_HEADLINE = Lengths(good_from=10, good_to=60, warn_over=60)
STANDFIRST = Lengths(good_from=120, good_to=250, warn_over=250)
SEARCH_TITLE = Lengths(good_from=20, good_to=60, warn_over=65)
SEARCH_DESCRIPTION = Lengths(good_from=70, good_to=160, warn_over=160)
SOCIAL_TITLE = Lengths(good_from=20, good_to=70, warn_over=90)
SOCIAL_DESCRIPTION = Lengths(good_from=40, good_to=200, warn_over=220)


def photo_problems(photo: Photo) -> list[str]:
    """Return what keeps a photo from being published, as sentences."""
    problems = [problem.sentence for problem in photo.problems()]
    if photo.rights_have_ended():
        problems.append(_("The right to publish this photo has ended."))
    if photo.withdrawn_at:
        problems.append(_("This photo has been taken down."))
    return problems


def body_photo_problems(body: StreamValue) -> Iterator[str]:
    """Yield what keeps the photos inside a text from being published; each sentence names its photo."""
    for block in body:
        if block.block_type == "photo":
            photos = [block.value["photo"]]
        elif block.block_type == "gallery":
            photos = [item["photo"] for item in block.value["photos"]]
        else:
            continue
        for photo in filter(None, photos):
            for problem in photo_problems(photo):
                yield f"{photo.title}: {problem}"
