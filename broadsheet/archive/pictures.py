"""Pictures of an archive made photos, each file once for each description it has."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path

from django.db import DatabaseError

from broadsheet.archive.source_story import SourceStory
from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.intake import PhotoRefused
from broadsheet.photos.models import Photo
from broadsheet.stories.brought_in.body_value import plain
from broadsheet.stories.brought_in.source_block import SourceImage

MAX_PICTURE_BYTES = 40_000_000
REMEMBERED = 2_000
"""Pictures whose photo is kept in mind; those before are looked up again by their content."""


class PictureStore:
    """Gives each picture its photo: the one made before, or a new one. In a dry run makes none."""

    def __init__(self, *, dry_run: bool = False) -> None:
        self._dry_run = dry_run
        self._known: OrderedDict[tuple[str, str], int | None] = OrderedDict()
        self.added = 0

    def photo(self, image: SourceImage, story: SourceStory) -> int | None:
        """The id of the photo, None when there is no file or it is refused (reported on the story)."""
        if image.path is None or self._dry_run:
            return None
        key = (str(image.path), image.alt)
        if key not in self._known:
            self._known[key] = self._find_or_add(image, image.path, story)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _find_or_add(self, image: SourceImage, path: Path, story: SourceStory) -> int | None:
        try:
            if path.stat().st_size > MAX_PICTURE_BYTES:
                raise OSError("larger than any picture should be")
            content = path.read_bytes()
            digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
            known = (
                Photo.objects.filter(file_hash=digest, alt_text=image.alt).order_by("pk").values_list("pk", flat=True)
            )
            if found := known.first():
                return found
            with path.open("rb") as file:
                photo = add_photo(
                    file=file,
                    filename=path.name,
                    alt_text=image.alt,
                    caption=plain(image.caption),
                    credit=plain(image.credit)[:255],
                )
        except PhotoRefused as refusal:
            story.report(
                None,
                f"the picture “{image.ref}” was refused: {refusal.sentence}",
                f"its description stays: {image.alt}",
            )
            return None
        except (OSError, ValueError, DatabaseError) as error:
            story.report(
                None, f"the picture “{image.ref}” could not be read: {error}", f"its description stays: {image.alt}"
            )
            return None
        self.added += 1
        return photo.pk
