"""Bring a photo's stored renditions to what they should be: the current ones made, the others gone."""

from django.apps import apps

from broadsheet.photos import storage
from broadsheet.photos.darkroom.limits import DarkroomLimits
from broadsheet.photos.intake import current_limits
from broadsheet.photos.make_renditions import make_renditions
from broadsheet.photos.renditions import all_offered

_CPU_SECONDS, _WALL_SECONDS, _WAIT_SECONDS = 120, 300, 300
"""Nobody waits for this: all sizes of the largest photo take about 15 seconds of one core."""


def refresh_renditions(*, photo_id: int, make_missing: bool) -> int:
    """Remove what is stale and, if wished, make what is missing; return how many renditions were made.

    State-based: a photo that is gone or withdrawn, or whose rights have ended, keeps none; running it twice changes
    nothing. Raises as `make_renditions` does.
    """
    photo = apps.get_model("photos", "Photo").objects.filter(pk=photo_id).first()
    if photo is None or photo.is_withheld():
        storage.remove(photo_id)
        return 0
    wanted = [(spec, extension) for spec in all_offered(photo) for extension in spec.extensions]
    limits = DarkroomLimits(pixels=current_limits().pixels, cpu_seconds=_CPU_SECONDS, wall_seconds=_WALL_SECONDS)
    made = []
    if make_missing:
        made = make_renditions(photo=photo, wanted=wanted, limits=limits, wait_seconds=_WAIT_SECONDS)
    photo.refresh_from_db(fields=["withdrawn_at"])  # it may have been withdrawn while the darkroom was at work
    storage.remove(photo_id, except_keys=set() if photo.is_withheld() else {photo.rendition_key})
    return len(made)
