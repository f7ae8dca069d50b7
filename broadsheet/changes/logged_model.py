"""Models whose every change readers see: saving or deleting one is logged in the same transaction, and reading one
tells the page that is being rendered what it depends on."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models, transaction
from django.db.models import QuerySet

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.kit import rendering


class LoggedModel(models.Model):
    """Something small that stands on many pages: a topic, a contributor, the masthead.

    Deleting it is a hard change: a page that shows it must not be shown again. Rows written by `update()` or in bulk
    pass the log by; the room that writes so appends to it.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and log that this has changed, if it has: a form that is sent as it came makes no page old."""
        with transaction.atomic():
            before = self._stored(until_saved=True)
            super().save(*args, **kwargs)
            after = self._stored()
            if before != after:
                append_change(keys={*self.changed_keys(before or {}, after or {}), ADDRESSES})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and log that no page may show this any more."""
        with transaction.atomic():
            keys = {*self.change_keys(), *self.changed_keys(self._stored() or {}, {})}
            deleted = super().delete(*args, **kwargs)
            append_change(keys=keys | {ADDRESSES}, hard=True)
        return deleted

    def _stored(self, *, until_saved: bool = False) -> dict[str, Any] | None:
        """Return its row, or None while there is none; one that nobody else changes `until_saved`."""
        rows: QuerySet[Any, Any] = type(self)._base_manager.filter(pk=self.pk).values()
        return (rows.select_for_update(no_key=True) if until_saved else rows).first() if self.pk else None

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Make it from a row, and say to the page that is being rendered that it shows this."""
        found = super().from_db(*args, **kwargs)
        if rendering.is_recorded():
            rendering.read_under(found.change_keys())
        return found

    def change_keys(self) -> Iterable[str]:
        """Return the surrogate keys under which pages show this."""
        raise NotImplementedError

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
        """Return the surrogate keys of what is other after its row was changed.

        `before` is empty when it is new, `after` when it is deleted.
        """
        return self.change_keys()
