"""Takes what was read from a source into the queue: new items, new versions of known ones, kills, corrections."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.text import Truncator

from broadsheet.kit import clock
from broadsheet.kit.text import fold
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.wire.likeness import say_the_same, sketch
from broadsheet.wire.models import WireItem, WirePhoto, WireSource, WireVersion
from broadsheet.wire.read_item import ReadItem

SAME_WITHIN = dt.timedelta(hours=48)
"""Later, two agencies hardly report the same: a new report of an old matter is news."""
MOST_COMPARED = 3_000
ITEMS_AT_ONCE = 50
"""In one transaction: a feed of five hundred must not keep editors from saving for seconds."""


@dataclass(slots=True)
class TakenIn:
    """What became of the items of a document."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: int = 0
    late: int = 0


def take_in(*, source: WireSource, items: Sequence[ReadItem]) -> TakenIn:
    """Take items in, in their order; what is known already and unchanged is passed by. Safe to repeat."""
    taken = TakenIn()
    recent = _Recent()
    for start in range(0, len(items), ITEMS_AT_ONCE):
        with write_transaction():
            for read in items[start : start + ITEMS_AT_ONCE]:
                _take(source, read, taken, recent)
    return taken


def digest_of(name: str) -> str:
    """Return by what a guid, or a photo's address, is found."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _take(source: WireSource, read: ReadItem, taken: TakenIn, recent: "_Recent") -> None:
    known = WireItem.objects.filter(source=source, guid_digest=digest_of(read.guid))
    item = known.select_for_update(of=("self",)).first()
    if item is None:
        item = WireItem(source=source, guid=read.guid, guid_digest=digest_of(read.guid), section_id=source.section_id)
        item.follows = _followed(read)
        _fill(item, read)
        item.same_as_id = None if item.follows or item.is_killed else recent.head_of_group(item)
        item.save()
        recent.add(item)
        taken.new.append(item.pk)
        _keep_version(item, read, number=1)
        return
    newest = item.current
    if newest.digest == read.digest() or item.versions.filter(digest=read.digest(), is_late=True).exists():
        taken.unchanged += 1
        return
    number = (item.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    if _is_older(read, newest.read):
        _keep_version(item, read, number=number, is_late=True)
        taken.late += 1
        return
    _fill(item, read)
    item.changed_at = clock.now()
    item.save()
    _keep_version(item, read, number=number)
    taken.changed.append(item.pk)


def _is_older(read: ReadItem, newest: ReadItem) -> bool:
    """Tell whether a version is an older one that came late: by its number, else by when it was sent."""
    if read.version and newest.version and read.version != newest.version:
        return read.version < newest.version
    return bool(read.sent_at and newest.sent_at and read.sent_at < newest.sent_at)


def _fill(item: WireItem, read: ReadItem) -> None:
    """Write what lists and searches need of a version. A kill without words leaves those that were there."""
    item.is_killed = read.status != "usable" or read.signal == "kill"
    embargoes = [item.embargoed_until, read.embargoed_until] if item.is_killed else [read.embargoed_until]
    item.embargoed_until = max(filter(None, embargoes), default=None)  # a kill lifts none
    item.signal = "kill" if item.is_killed else read.signal
    if item.is_killed and item.pk and not read.headline:
        return
    text = read.text
    item.headline = read.headline
    item.kind = read.kind
    item.urgency = read.urgency
    item.language = read.language
    item.words = fold("\n".join([read.headline, read.slugline, read.summary, text, *read.subjects, *read.places]))
    item.preview = Truncator(" ".join((read.summary or text).split())).chars(280)
    item.sketch = sketch(f"{read.headline} {text}")


def _followed(read: ReadItem) -> WireItem | None:
    """Return the earlier item that this one takes further, whichever of the agency's services it came by."""
    digests = [digest_of(guid) for guid in read.follows]
    return WireItem.objects.filter(guid_digest__in=digests).order_by("-pk").first() if digests else None


@dataclass(slots=True)
class _Recent:
    """What came lately, to be compared with what comes now; read once, when the first new item asks."""

    rows: list[tuple[int, int | None, str, str, list[int]]] | None = None

    def head_of_group(self, item: WireItem) -> int | None:
        """Return the first of the items that say what this one says, if there are any."""
        if self.rows is None:
            lately = WireItem.objects.filter(arrived_at__gte=clock.now() - SAME_WITHIN, is_killed=False)
            columns = lately.order_by("-pk").values_list("pk", "same_as", "kind", "headline", "sketch")
            self.rows = list(columns[:MOST_COMPARED])
        for pk, head, kind, headline, kept in self.rows:
            if kind == item.kind and say_the_same(item.sketch, kept, headlines=(item.headline, headline)):
                return head or pk
        return None

    def add(self, item: WireItem) -> None:
        """Have later items compared with this one too."""
        if self.rows is not None and not item.is_killed:
            self.rows.insert(0, (item.pk, item.same_as_id, item.kind, item.headline, item.sketch))


def _keep_version(item: WireItem, read: ReadItem, *, number: int, is_late: bool = False) -> None:
    """Keep a version with its photos; where a story was made, note that its people have to be told."""
    has_story = bool(item.story_id or (item.follows and item.follows.story_id))
    means = "" if is_late or not has_story else item.signal or "update"
    WireVersion.objects.create(
        item=item, number=number, content=read.as_json(), digest=read.digest(), is_late=is_late, told_kind=means
    )
    item.__dict__.pop("current", None)
    if item.is_killed and item.follows and not item.follows.is_killed:
        WireItem.objects.filter(pk=item.follows.pk).update(is_killed=True)
    for place, photo in enumerate(read.photos if not is_late else ()):
        WirePhoto.objects.update_or_create(
            item=item, ref_digest=digest_of(photo.ref), defaults={"ref": photo.ref[:2_000], "place": place}
        )
