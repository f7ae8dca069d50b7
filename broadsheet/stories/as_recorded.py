"""Replays rows of the record: what they hold, and whether readers see the same."""

from collections.abc import Sequence

from broadsheet.stories.record import PublishedVersion
from broadsheet.stories.recorded_content import Content, digest_of
from broadsheet.stories.recorded_photos import PHOTOS, photos_shown, with_photo_words, without_photo_words, words_at


def contents_of(versions: Sequence[PublishedVersion]) -> dict[int, Content]:
    """Return the content of each version by its primary key, with the words of its photos also where it is older."""
    contents: dict[int, Content] = {version.pk: version.content for version in versions}
    older = [version for version in versions if PHOTOS not in version.content and photos_shown(version.content)]
    if older:
        photo_ids = {pk for version in older for pk in photos_shown(version.content)}
        for version, words in zip(older, words_at(photo_ids, [version.at for version in older]), strict=True):
            contents[version.pk] = with_photo_words(version.content, words)
    return contents


def is_as_recorded(version: PublishedVersion, content: Content) -> bool:
    """Tell whether a row of the record says what readers see, which is `content`; reads nothing but the row's digest.

    A digest is that of all the row holds. One that fits the content without the words of its photos is of a row that
    is older than those (with them, it could not fit): then the words are compared with what the photos said then.
    """
    bare = without_photo_words(content)
    photo_ids = set(photos_shown(bare))
    if not photo_ids or version.digest != digest_of(bare):
        return version.digest == digest_of(content)
    (words,) = words_at(photo_ids, [version.at])
    return with_photo_words(bare, words) == content
