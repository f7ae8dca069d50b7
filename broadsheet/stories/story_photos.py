"""Which photos a story shows, found in its content, and who else shows them."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToOneRel, Model
from wagtail.models import ReferenceIndex

from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo, PhotoRendition
from broadsheet.stories.recorded_content import Content
from broadsheet.stories.recorded_photos import places_in_block

PHOTO_FIELDS = ("lead_photo_id", "social_photo_id")


def photo_ids_in(content: Content) -> set[int]:
    """Return the photos that recorded content shows: lead, for shared links, in the text and in galleries."""
    found = {content[name] for name in PHOTO_FIELDS if content.get(name)}
    blocks = content.get("body", ())
    return found | {place.photo_id for block in blocks for place in places_in_block(block.get("value"))}


def shown_elsewhere(photo_ids: Collection[int], *, except_page: int) -> dict[int, list[str]]:
    """Return, for each photo that something else which readers see shows too, what that is.

    Pages count when they are published; what is no page (a topic, a contributor) always does.
    """
    elsewhere: dict[int, list[str]] = defaultdict(list)
    shown_by: dict[int, set[int]] = defaultdict(set)
    for model, owner_id, photo_id in (*_by_field(photo_ids), *_by_text(photo_ids)):
        if issubclass(model, BasePage):
            shown_by[owner_id].add(photo_id)
        elif (name := str(model._meta.verbose_name)) not in elsewhere[photo_id]:
            elsewhere[photo_id].append(name)
    pages = BasePage.objects.filter(pk__in=shown_by, live=True).exclude(pk=except_page)
    for page_id, title in pages.values_list("pk", "title"):
        for photo_id in shown_by[page_id]:
            elsewhere[photo_id].append(title)
    return {pk: found for pk, found in elsewhere.items() if found}


def _by_field(photo_ids: Collection[int]) -> Iterator[tuple[type[Model], int, int]]:
    """Yield whatever has one of the photos in a field of its own: model, number, photo."""
    for relation in Photo._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model is PhotoRendition:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": photo_ids})
        for owner_id, photo_id in rows.values_list("pk", relation.field.attname):
            yield relation.related_model, owner_id, photo_id


def _by_text(photo_ids: Collection[int]) -> Iterator[tuple[type[Model], int, int]]:
    """Yield what has one of the photos in its text, as Wagtail's index of references knows it."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Photo), to_object_id__in=[str(pk) for pk in photo_ids]
    )
    for row in references.select_related("content_type"):
        model = row.content_type.model_class()
        if model is not None and row.object_id.isdecimal():
            yield model, int(row.object_id), int(row.to_object_id)
