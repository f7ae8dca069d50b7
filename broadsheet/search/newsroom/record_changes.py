"""Notes what the newsroom saves and deletes, in the same transaction.

Wagtail saves from many views, and every one of them sends Django's signals: its own search hears of changes by these,
too. What is written past them in bulk is in the change log.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Revision

from broadsheet.kit import clock
from broadsheet.search.engine.interface import Kind
from broadsheet.search.newsroom.kinds import kind_of
from broadsheet.search.newsroom.models import NewsroomChange


def record_changes() -> None:
    """Begin to take notes."""
    for signal in (post_save, post_delete):
        signal.connect(_note_object, dispatch_uid="search.newsroom.object")
        signal.connect(_note_draft, sender=Revision, dispatch_uid="search.newsroom.draft")


def _note_object(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    kind = kind_of(sender)
    if kind is not None and not sender._meta.proxy:
        _note(kind, instance.pk)


def _note_draft(sender: type[Model], instance: Revision, **kwargs: Any) -> None:
    model = ContentType.objects.get_for_id(instance.base_content_type_id).model_class()
    kind = kind_of(model) if model is not None else None
    if kind is not None:
        _note(kind, int(instance.object_id))


def _note(kind: Kind, pk: int) -> None:
    NewsroomChange.objects.create(kind=kind, object_pk=pk, at=clock.now())
