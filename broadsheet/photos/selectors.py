"""Reads of photos."""

from broadsheet.photos.models import Photo, PhotoRendition

READ_TAKEN_DOWN = "stories.read_taken_down"
"""Who may see what was taken down sees the originals of its photos, too."""


def belongs_to_withdrawn_photo(name: str) -> bool:
    """Tell whether a file of the media folder is the original of a withdrawn photo, or a size made from it."""
    if Photo.objects.filter(file=name, withdrawn_at__isnull=False).exists():
        return True
    return PhotoRendition.objects.filter(file=name, image__withdrawn_at__isnull=False).exists()
