"""What readers may write into the search box.

    harbour storm           both words, in whatever form
    "harbour master"        these words in this order
    -ferry                  without this word; -"night ferry" without this phrase
    by:okafor by:"A. Name"  by these people
    section:city topic:fishing
    after:2019 before:2020-06-30 on:2016-10-19
                            published in or after, up to, on a year, month or day

Whatever cannot be understood is looked for as it stands. Nothing that is written is ever an error.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from broadsheet.search.engine.interface import Clause

LONGEST_TEXT = 300
"""Characters that are read; of a longer text its beginning is looked for."""
MOST_CLAUSES = 12
MOST_NAMES = 3
"""Of people, of sections and of topics: each is looked for by itself."""
QUOTES = '"“”„«»‟＂'
PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?P<field>[A-Za-z]+):)?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s{QUOTES}]+))"
)
NAME_FIELDS = frozenset({"by", "section", "topic"})
DATE_FIELDS = frozenset({"after", "before", "on"})
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass
class Understood:
    """What a reader wrote, taken apart."""

    wanted: list[Clause] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    """"by", "section" or "topic" -> names as they were written."""
    published_from: dt.datetime | None = None
    published_until: dt.datetime | None = None
    is_cut: bool = False
    """Whether there was more than is looked for."""

    @property
    def parts(self) -> int:
        """How many words, phrases and names are asked for."""
        return len(self.wanted) + len(self.unwanted) + sum(map(len, self.names.values()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked for."""
        is_dated = self.published_from is not None or self.published_until is not None
        return not (self.wanted or self.unwanted or self.names or is_dated)


def understood(text: str) -> Understood:
    """Take apart what a reader wrote. The last word may be the beginning of one, unless a space follows it."""
    readable = _readable(text)
    found = Understood(is_cut=len(readable) > LONGEST_TEXT)
    readable = readable[:LONGEST_TEXT]
    for part in PART.finditer(readable):
        if found.parts >= MOST_CLAUSES:
            found.is_cut = True
            break
        _take(found, part, is_last=part.end() == len(readable))
    return found


def _readable(text: str) -> str:
    """Return a text without what cannot be seen: control characters, halves of surrogate pairs."""
    return "".join(" " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in text[: LONGEST_TEXT * 2])


def _take(found: Understood, part: re.Match[str], *, is_last: bool) -> None:
    name, phrase, word = (part["field"] or "").lower(), part["phrase"], part["word"]
    value = (phrase if phrase is not None else word).strip()
    is_field_alone = value.endswith(":") and value[:-1].lower() in NAME_FIELDS | DATE_FIELDS
    if not value or is_field_alone:
        return
    if name in NAME_FIELDS and not part["minus"]:
        names = found.names.setdefault(name, [])
        found.is_cut = found.is_cut or len(names) == MOST_NAMES
        names += [value][: MOST_NAMES - len(names)]
        return
    if name in DATE_FIELDS and not part["minus"] and (days := period(value)) is not None:
        _narrow(found, name, days)
        return
    if part["field"]:
        value = f"{part['field']} {value}"
    is_phrase = phrase is not None
    is_unfinished = is_last and not is_phrase and not part["minus"] and not part["field"]
    if any(character.isalnum() for character in value):
        clause = Clause(value, is_phrase=is_phrase, is_unfinished=is_unfinished)
        (found.unwanted if part["minus"] else found.wanted).append(clause)


def period(text: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the first moment of a year, month or day (`2019`, `2019-03`, `2019-03-01`) and the first after it."""
    matched = DATE.fullmatch(text)
    if matched is None:
        return None
    year, month, day = (int(part) if part else None for part in matched.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
        after = _day_after(first, month, day)
    except (ValueError, OverflowError):
        return None
    zone = timezone.get_default_timezone()
    start, end = (dt.datetime.combine(one, dt.time.min, tzinfo=zone) for one in (first, after))
    return start, end


def _day_after(first: dt.date, month: int | None, day: int | None) -> dt.date:
    """Return the first day after a year, or after a month or a day of it."""
    if day:
        return first + dt.timedelta(days=1)
    if month:
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return first.replace(year=first.year + 1)


def _narrow(found: Understood, name: str, days: tuple[dt.datetime, dt.datetime]) -> None:
    start, end = days
    if name in {"after", "on"}:
        found.published_from = max(filter(None, (found.published_from, start)))
    if name in {"before", "on"}:
        found.published_until = min(filter(None, (found.published_until, end)))


def words_of(found: Understood) -> Iterator[str]:
    """Yield the single words that are wanted: those in which there may be a slip."""
    return (clause.text for clause in found.wanted if not clause.is_phrase)
