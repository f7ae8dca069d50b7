"""Puts proposed entries into a story so far, each where its day belongs."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.stories.so_far import SoFarEntry, StorySoFar
from broadsheet.stories.so_far_selectors import ProposedEntry


@transaction.atomic
def add_so_far_entries(*, box: StorySoFar, entries: Sequence[ProposedEntry]) -> None:
    """Add entries after those of the same day or an earlier one; the others keep their order."""
    present: Any = StorySoFar.objects.select_for_update().get(pk=box.pk)
    rows = list(present.entries.all())
    for entry in sorted(entries, key=lambda one: one.day):
        place = max((index + 1 for index, row in enumerate(rows) if row.day <= entry.day), default=0)
        row = SoFarEntry(day=entry.day, sentence=entry.sentence, story_id=entry.story_id, version=entry.version)
        rows.insert(place, row)
    for order, row in enumerate(rows):
        row.sort_order = order
    present.entries = rows
    present.save()
    log(instance=present, action="wagtail.edit", content_changed=True)
