"""Sets items aside that the desk does not need, and brings them back."""

from collections.abc import Iterable

from django.db.models import Q

from broadsheet.wire.models import ItemState, WireItem


def set_aside(*, items: Iterable[int], with_others: bool = False) -> int:
    """Take items out of the queue of what is new, if asked with all that say the same; return how many."""
    return _change(items, ItemState.NEW, ItemState.ASIDE, with_others=with_others)


def bring_back(*, items: Iterable[int]) -> int:
    """Put items that were set aside back among what is new; return how many."""
    return _change(items, ItemState.ASIDE, ItemState.NEW, with_others=False)


def _change(items: Iterable[int], before: ItemState, after: ItemState, *, with_others: bool) -> int:
    ids = list(items)
    wanted = Q(pk__in=ids)
    if with_others:
        heads = list(WireItem.objects.filter(pk__in=ids).exclude(same_as=None).values_list("same_as", flat=True))
        wanted |= Q(same_as__in=[*ids, *heads]) | Q(pk__in=heads)
    return WireItem.objects.filter(wanted, state=before).update(state=after)
