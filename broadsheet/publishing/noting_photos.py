"""Notes with each row of the record which photos the page shows from then on, for the database's own watch."""

from collections.abc import Iterator

from broadsheet.kit.statements import Statement
from broadsheet.stories.models import PublishedVersion, ShownPhoto
from broadsheet.stories.recorded_photos import photos_shown

SHOWN = ShownPhoto._meta.db_table


def noting_photos(version: PublishedVersion, before: PublishedVersion | None) -> Iterator[Statement]:
    """Yield the statements to run with a version's row; none where the page shows the same photos as before."""
    shown, shown_before = photos_shown(version.content), photos_shown(before.content if before else {})
    if shown == shown_before:
        return
    if shown_before:
        yield f"DELETE FROM {SHOWN} WHERE page_id = %s", [version.object_id]  # noqa: S608  our own table
    if shown:
        marks = ", ".join(["(%s, %s, %s)"] * len(shown))
        rows = [value for pk, own_caption in shown.items() for value in (version.object_id, pk, own_caption)]
        columns = "page_id, photo_id, own_caption"
        yield f"INSERT INTO {SHOWN} ({columns}) VALUES {marks} ON CONFLICT DO NOTHING", rows  # noqa: S608
