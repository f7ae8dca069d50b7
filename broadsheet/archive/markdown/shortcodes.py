"""Finding shortcodes in a body: Hugo's `{{< … >}}`, Liquid's and Nunjucks' `{% … %}` and `{{ … }}`.

Finding is the same for every dialect; what a shortcode means is decided in `known_shortcodes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MAX_SHORTCODES = 5_000
"""In one file; beyond it the file is hostile, and its shortcodes stay text. Keeps the searches below linear."""
MAX_TAG_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One shortcode call. `inner` is what stands between it and its closing tag (None when it has none)."""

    name: str
    source: str
    args: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)
    inner: str | None = None

    def get(self, *names: str) -> str:
        """The first named argument there is, else ""."""
        return next((self.named[name] for name in names if self.named.get(name)), "")

    @property
    def words(self) -> str:
        """All text given to the shortcode: its arguments and what it encloses."""
        return " ".join([*self.args, *self.named.values(), *([self.inner] if self.inner else [])])


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: str
    rest: str
    closing: bool
    self_closing: bool = False


_HUGO_OPENING = re.compile(r"\{\{([<%])\s{0,9}(/?)\s{0,9}([\w./-]{0,60}[\w/])")
_HUGO_ESCAPED = re.compile(r"\{\{([<%])/\*(.{0,2000}?)\*/([>%])\}\}", re.DOTALL)
_LIQUID_TAG = re.compile(r"\{%-?\s{0,9}(/?)\s{0,9}([\w.-]{1,60})((?:(?!%\}).){0,4000}?)-?%\}", re.DOTALL)
_LIQUID_RAW = re.compile(
    r"\{%-?\s{0,9}raw\s{0,9}-?%\}(.{0,20000}?)(?:\{%-?\s{0,9}endraw\s{0,9}-?%\}|\{\{[<%]?\s{0,9}endraw\s{0,9}[>%]?\}\})",
    re.DOTALL,
)
_LIQUID_COMMENT = re.compile(
    r"\{%-?\s{0,9}comment\s{0,9}-?%\}(.{0,20000}?)\{%-?\s{0,9}endcomment\s{0,9}-?%\}|\{#(.{0,20000}?)#\}", re.DOTALL
)
_LIQUID_OUTPUT = re.compile(r"\{\{-?(?![<%{])((?:(?!\}\}).){0,2000})\}\}", re.DOTALL)
_OUTSIDE_QUOTES = re.compile(r"(?:\"[^\"]*\"|[^\"|])+|\"[^|]*")
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w.-]+)\s*[=:]\s*)?(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|`(?P<back>[^`]*)`|(?P<bare>[^\s,"'`=:]+(?:[:=][^\s,"']+)?))""",
    re.DOTALL,
)

Replace = Callable[[Shortcode], str]


def read_arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Split `"one" key="two" key: three` into positional and named arguments.

    Doubled quotes (`""text""`), commas and line breaks between arguments are tolerated.
    """
    text = re.sub(r'(^|\s)""(?=[^"\s,])(.*?[^"\s])""(?=\s|$)', r'\1"\2"', text)
    positional: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = match["back"] if match["back"] is not None else match["bare"]
        if quoted is not None:
            value = re.sub(r"\\(.)", r"\1", quoted)
        if match["key"]:
            named[match["key"]] = value or ""
        else:
            positional.append(value or "")
    return tuple(positional), named


def replace_hugo(text: str, replace: Replace, keep: Callable[[str], str]) -> str:
    """Replace every Hugo shortcode by what `replace` gives; `keep` protects escaped ones as literal text."""
    if text.count("{{") > MAX_SHORTCODES:
        return text
    text = _HUGO_ESCAPED.sub(lambda match: keep(f"{{{{{match[1]}{match[2]}{match[3]}}}}}"), text)
    return _replace_tags(text, _hugo_tags(text), replace)


def replace_liquid(text: str, replace: Replace, keep: Callable[[str], str], drop: Callable[[str], str]) -> str:
    """Replace Liquid and Nunjucks tags and outputs; `raw` parts are kept as text, comments go to `drop`.

    An output (`{{ value | filter: "argument" }}`) reaches `replace` as a shortcode named after its last filter
    ("output" when it has none), its value first among the arguments.
    """
    if text.count("{%") + text.count("{{") + text.count("{#") > MAX_SHORTCODES:
        return text
    text = _LIQUID_RAW.sub(lambda match: keep(match[1]), text)
    text = _LIQUID_COMMENT.sub(lambda match: drop((match[1] or match[2] or "").strip()), text)
    text = _LIQUID_OUTPUT.sub(lambda match: replace(_output(match)), text)
    return _replace_tags(text, _liquid_tags(text), replace)


def _hugo_tags(text: str) -> Iterator[_Tag]:
    position = 0
    while match := _HUGO_OPENING.search(text, position):
        end = _hugo_end(text, match.end(), match[1])
        if end is None:
            position = match.end()
            continue
        rest = text[match.end() : end].rstrip()
        yield _Tag(match.start(), end + 3, match[3], rest.removesuffix("/"), bool(match[2]), rest.endswith("/"))
        position = end + 3


def _hugo_end(text: str, start: int, opening: str) -> int | None:
    """Where the tag's closing delimiter stands: the first outside quotes, or the first at all."""
    delimiter = (">" if opening == "<" else "%") + "}}"
    first = text.find(delimiter, start, start + MAX_TAG_CHARS)
    end = first
    while end >= 0:
        if text.count('"', start, end) % 2 == 0:
            return end
        end = text.find(delimiter, end + 1, start + MAX_TAG_CHARS)
    return first if first >= 0 else None


def _liquid_tags(text: str) -> Iterator[_Tag]:
    for match in _LIQUID_TAG.finditer(text):
        name, closing = match[2], bool(match[1])
        if name.startswith("end") and len(name) > 3:
            name, closing = name[3:], True
        yield _Tag(match.start(), match.end(), name, match[3], closing)


def _output(match: re.Match[str]) -> Shortcode:
    value, *filters = _OUTSIDE_QUOTES.findall(match[1].strip().rstrip("-")) or [""]
    value = value.strip()
    literal = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else ""
    name = "output"
    extra: tuple[str, ...] = ()
    named: dict[str, str] = {}
    called = re.match(r"\s*([\w-]+)(.*)", filters[-1], re.DOTALL) if filters else None
    if called:
        name = called[1]
        extra, named = read_arguments(called[2].strip(" :()"))
    return Shortcode(f"|{name}", match[0], (literal or value, *extra), {**named, "literal": "yes" if literal else ""})


def _replace_tags(text: str, tags: Iterator[_Tag], replace: Replace) -> str:
    """Pair openings with closings (an opening without one stands alone) and replace the outermost."""
    listed = list(tags)
    partner = _pairs(listed)
    parts: list[str] = []
    position, index = 0, 0
    while index < len(listed):
        tag = listed[index]
        last = partner.get(index, index)
        parts.append(text[position : tag.start])
        inner = text[tag.end : listed[last].start] if last != index else None
        args, named = read_arguments(tag.rest)
        name = f"/{tag.name}" if tag.closing else tag.name
        parts.append(replace(Shortcode(name, text[tag.start : listed[last].end], args, named, inner)))
        position, index = listed[last].end, last + 1
    return "".join([*parts, text[position:]])


def _pairs(tags: list[_Tag]) -> dict[int, int]:
    """For each opening that is closed later: the index of its closing tag."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        if tag.closing:
            if waiting.get(tag.name):
                found[waiting[tag.name].pop()] = index
        elif not tag.self_closing:
            waiting.setdefault(tag.name, []).append(index)
    return found
