"""Taking turns: of all processes that could be a follower one is, until it has not been heard of for some time.

A turn is a row that says until when, by the database's clock, and not a lock of a session: behind a pooler a session
outlives the process that used it, and serves others in between.
"""

import datetime as dt

from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

from broadsheet.changes.models import FollowerTurn


def take_turn(*, follower: str, holder: str, seconds: float) -> bool:
    """Take the turn for so long from now, or keep it for so long; tell whether it is this holder's."""
    until = ExpressionWrapper(Now() + dt.timedelta(seconds=seconds), output_field=DateTimeField())
    ours_or_free = FollowerTurn.objects.filter(Q(holder=holder) | Q(until__lte=Now()), follower=follower)
    if ours_or_free.update(holder=holder, until=until):
        return True
    _, is_first = FollowerTurn.objects.get_or_create(follower=follower, defaults={"holder": holder, "until": until})
    return is_first


def end_turn(*, follower: str, holder: str) -> None:
    """Leave the turn, if it is this holder's, to whoever asks next."""
    FollowerTurn.objects.filter(follower=follower, holder=holder).update(until=Now())
