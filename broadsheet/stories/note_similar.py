"""Notes which stories read like which, as whoever can compare their texts has found."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from broadsheet.changes.append_change import append_change
from broadsheet.stories.attachments import SimilarStory
from broadsheet.stories.cache_keys import similar_key


def note_similar_stories(*, found: Mapping[int, Sequence[int]], gone: Collection[int] = ()) -> int:
    """Note for each of these stories which read like it, the most similar one first; return how many have others now.

    What is `gone` from readers is like no story any more. Only pages below which other stories may stand now are made
    anew: those of the stories whose rows have changed.
    """
    with transaction.atomic():
        present: dict[int, list[int]] = {pk: [] for pk in found}
        rows = SimilarStory.objects.filter(story__in=list(found)).order_by("place", "pk")
        for story_id, similar_id in rows.values_list("story_id", "similar_id"):
            present[story_id].append(similar_id)
        other = {pk: similar for pk, similar in found.items() if present[pk] != list(similar)}
        leaving = SimilarStory.objects.filter(similar__in=list(gone))
        touched = {*other, *leaving.values_list("story_id", flat=True)}
        leaving.delete()
        SimilarStory.objects.filter(story__in=list(other)).delete()
        SimilarStory.objects.bulk_create(
            SimilarStory(story_id=pk, similar_id=similar_id, place=place)
            for pk, similar in other.items()
            for place, similar_id in enumerate(similar)
        )
        append_change(keys={similar_key(pk) for pk in touched})
    return len(touched)
