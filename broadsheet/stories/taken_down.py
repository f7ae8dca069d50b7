"""Which stories are taken down: readers get 410, the newsroom a number instead of a headline."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from broadsheet.stories.record import Takedown

READ_TAKEN_DOWN = "stories.read_taken_down"
TAKE_DOWN_STORY = "stories.take_down_story"


class TakenDownError(Exception):
    """The story is taken down: nothing of it can be published or scheduled until it is put back."""

    def __str__(self) -> str:
        return _("This story is taken down. It can be published again only after it has been put back.")


def takedown_in_force(page_id: int) -> Takedown | None:
    """Return the takedown that holds a story back now."""
    return Takedown.objects.filter(page_id=page_id, lifted_at__isnull=True).first()


def is_taken_down(page_id: int) -> bool:
    """Tell whether a story is taken down now."""
    return Takedown.objects.filter(page_id=page_id, lifted_at__isnull=True).exists()


def taken_down_among(page_ids: Iterable[int]) -> set[int]:
    """Return those of the pages that are taken down now."""
    in_force = Takedown.objects.filter(page_id__in=list(page_ids), lifted_at__isnull=True)
    return set(in_force.values_list("page_id", flat=True))


def stand_in_title(page_id: int) -> str:
    """Return what stands in the newsroom in the place of a taken down story's headline."""
    return _("Taken down (story %(number)d)") % {"number": page_id}
