"""Takes what was read from a source into the queue: new items, new versions of known ones, kills, corrections."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from broadsheet.kit import clock
from broadsheet.kit.text import fold
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.wire.likeness import sketch
from broadsheet.wire.models import WireItem, WirePhoto, WireSource, WireVersion
from broadsheet.wire.read_item import ReadItem
from broadsheet.wire.recent_items import RecentItems

ITEMS_AT_ONCE = 50
"""In one transaction: a feed of five hundred must not keep editors from saving for seconds."""
MOST_NEW_A_DAY = 20_000
"""Of one source. The largest agencies send some thousands; what sends more is broken, or hostile."""
MOST_VERSIONS = 100
"""Of one item, besides its first, the one of which a story was made, and what corrected or killed that: a feed whose
texts change with every look (a clock, an advertisement) would fill the disk."""


@dataclass(slots=True)
class TakenIn:
    """What became of the items of a document. `refused` says what was not taken in, and why."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: int = 0
    late: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Look:
    """What lists, searches and comparisons need of a text: what takes longest, so no transaction waits for it."""

    words: str
    preview: str
    sketch: list[int]


def take_in(*, source: WireSource, items: Sequence[ReadItem], beside: str = "") -> TakenIn:
    """Take items in, in their order; what is known already and unchanged is passed by. Safe to repeat.

    `beside` is the folder of the source in which the file lay that they were read from.
    """
    taking = _Taking(source, beside)
    for start in range(0, len(items), ITEMS_AT_ONCE):
        batch = items[start : start + ITEMS_AT_ONCE]
        taking.prepare(batch)
        with write_transaction():
            taking.recent.catch_up()
            for read in batch:
                taking.take(read)
    return taking.taken


def digest_of(name: str) -> str:
    """Return by what a guid, or a photo's address, is found."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


class _Taking:
    """A run over the items of one document."""

    def __init__(self, source: WireSource, beside: str) -> None:
        self.source = source
        self.beside = beside
        self.taken = TakenIn()
        self.recent = RecentItems()
        self._looks: dict[str, _Look] = {}
        a_day_ago = clock.now() - dt.timedelta(days=1)
        of_today = WireItem.objects.filter(source=source, changed_at__gte=a_day_ago, arrived_at__gte=a_day_ago)
        self._room = MOST_NEW_A_DAY - of_today.count()

    def prepare(self, batch: Sequence[ReadItem]) -> None:
        """Do what takes long and needs no transaction: look at what is not known in this version."""
        digests = {read.digest(): read for read in batch}
        kept = WireVersion.objects.filter(item__source=self.source, digest__in=list(digests))
        known = set(kept.values_list("digest", flat=True))
        self._looks = {digest: _look(read) for digest, read in digests.items() if digest not in known}
        if self._looks:
            self.recent.catch_up()

    def take(self, read: ReadItem) -> None:
        """Take one item in."""
        known = WireItem.objects.filter(source=self.source, guid_digest=digest_of(read.guid))
        item = known.select_for_update(of=("self",)).first()
        if item is None:
            self._take_new(read)
        else:
            self._take_version(item, read)

    def _take_new(self, read: ReadItem) -> None:
        source = self.source
        item = WireItem(source=source, guid=read.guid, guid_digest=digest_of(read.guid), section_id=source.section_id)
        item.follows = _followed(source, read)
        self._fill(item, read)
        if self._room <= 0 and not item.is_killed and item.follows is None:
            sentence = _("The source sends more than %(n)d items a day.") % {"n": MOST_NEW_A_DAY}
            self.taken.refused.append(f"{read.headline[:100]}: {sentence}")
            return
        self._room -= 1
        item.same_as_id = None if item.follows or item.is_killed else self.recent.head_of_group(item)
        item.save()
        self.recent.add(item)
        self.taken.new.append(item.pk)
        self._keep_version(item, read, number=1)

    def _take_version(self, item: WireItem, read: ReadItem) -> None:
        newest, digest = item.current, read.digest()
        if newest.digest == digest or item.versions.filter(digest=digest, is_late=True).exists():
            self.taken.unchanged += 1
            return
        number = (item.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        if _is_older(read, newest.read):
            self._keep_version(item, read, number=number, is_late=True)
            self.taken.late += 1
            return
        self._fill(item, read)
        item.changed_at = clock.now()
        item.save()
        self._keep_version(item, read, number=number)
        self.taken.changed.append(item.pk)

    def _fill(self, item: WireItem, read: ReadItem) -> None:
        """Write what lists and searches need of a version. A kill without words leaves those that were there."""
        item.is_killed = read.status != "usable" or read.signal == "kill"
        embargoes = [item.embargoed_until, read.embargoed_until] if item.is_killed else [read.embargoed_until]
        item.embargoed_until = max(filter(None, embargoes), default=None)  # a kill lifts none
        item.signal = "kill" if item.is_killed else read.signal
        if item.is_killed and item.pk and not read.headline:
            return
        look = self._looks.get(read.digest()) or _look(read)
        item.headline, item.kind, item.urgency, item.language = read.headline, read.kind, read.urgency, read.language
        item.words, item.preview, item.sketch = look.words, look.preview, look.sketch

    def _keep_version(self, item: WireItem, read: ReadItem, *, number: int, is_late: bool = False) -> None:
        """Keep a version with its photos; where a story was made, note that its people have to be told."""
        earlier = WireItem.objects.select_for_update(of=("self",)).filter(pk__in=filter(None, [item.follows_id]))
        followed = earlier.first()
        has_story = bool(item.story_id or (followed and followed.story_id))
        means = "" if is_late or not has_story else item.signal or "update"
        WireVersion.objects.create(
            item=item, number=number, content=read.as_json(), digest=read.digest(), is_late=is_late, told_kind=means
        )
        item.__dict__.pop("current", None)
        if number > MOST_VERSIONS:
            _forget_versions(item, before=number - MOST_VERSIONS)
        if item.is_killed and followed and not followed.is_killed:
            WireItem.objects.filter(pk=followed.pk).update(is_killed=True)
        if is_late:
            return
        named = [digest_of(photo.ref) for photo in read.photos]
        item.photos.filter(photo=None).exclude(ref_digest__in=named).delete()
        for place, photo in enumerate(read.photos):
            told = {"ref": photo.ref[:2_000], "place": place, "beside": self.beside}
            WirePhoto.objects.update_or_create(item=item, ref_digest=digest_of(photo.ref), defaults=told)


def _look(read: ReadItem) -> _Look:
    text = read.text
    return _Look(
        words=fold("\n".join([read.headline, read.slugline, read.summary, text, *read.subjects, *read.places])),
        preview=Truncator(" ".join((read.summary or text).split())).chars(280),
        sketch=sketch(f"{read.headline} {text}"),
    )


def _is_older(read: ReadItem, newest: ReadItem) -> bool:
    """Tell whether a version is an older one that came late: by its number, else by when it was sent."""
    if read.version and newest.version and read.version != newest.version:
        return read.version < newest.version
    return bool(read.sent_at and newest.sent_at and read.sent_at < newest.sent_at)


def _followed(source: WireSource, read: ReadItem) -> WireItem | None:
    """Return the earlier item that this one takes further, whichever of the same agency's services it came by.

    Another agency's items are not its to correct or kill, whatever it names.
    """
    digests = [digest_of(guid) for guid in read.follows]
    if not digests:
        return None
    own = WireItem.objects.filter(guid_digest__in=digests, source__credit__iexact=source.credit)
    return own.order_by("-pk").first()


def _forget_versions(item: WireItem, *, before: int) -> None:
    """Drop the oldest versions, but none that is needed to understand what became of the item."""
    kept = [item.current.pk, *filter(None, [item.taken_version_id])]
    old = item.versions.filter(number__gt=1, number__lte=before).exclude(pk__in=kept)
    old.exclude(told_kind__in=["kill", "correction"]).delete()
