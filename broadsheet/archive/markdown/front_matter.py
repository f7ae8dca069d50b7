"""Front matter: the fields above the text, in YAML, TOML or JSON, including ragged ones.

Scalars stay text (a postcode "06520" is not an octal number, a wrong date is not an error here); only
true/false and null get their meaning. What a parser refuses is read line by line, so that one stray colon
does not cost an article its title, and each refusal is reported.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import yaml

from broadsheet.archive.source_story import Problem

MAX_FRONT_MATTER_CHARS = 200_000
"""Longer than any we have seen by a factor of fifty; beyond it a file is hostile or no article."""
MAX_YAML_DEPTH = 40
MAX_YAML_NODES = 20_000
"""After aliases are expanded: stops "billion laughs" documents."""

Fields = dict[str, Any]


@dataclass(slots=True)
class SplitFile:
    """A source file taken apart: its fields, the body, and the line of the file the body begins on."""

    fields: Fields
    body: str
    body_line: int
    problems: list[Problem] = field(default_factory=list)
    style: str = "none"


class FrontMatterError(ValueError):
    """The front matter cannot be read as what its fence says it is; `line` counts within it, from 1."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML's safe loader with nothing but null, booleans and merge keys resolved."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])

_FENCES = {"---": "yaml", "+++": "toml", "---json": "json", "---toml": "toml", "---yaml": "yaml", ";;;": "json"}
_KEY_LINE = re.compile(r"^\s{0,3}([A-Za-z_][\w .-]{0,60}?)\s*[:=]\s*(.*)$")
_ITEM_LINE = re.compile(r"^\s*-\s+(.*)$")


def split_file(text: str) -> SplitFile:
    """Take a source file apart. Never fails: what cannot be read as fields stays in the body or the report."""
    problems: list[Problem] = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    opening = lines[start].rstrip()
    if opening.startswith("{") and not opening.startswith(("{{", "{%")):
        return _split_bare_json(lines, start)
    style = _FENCES.get(opening.replace(" ", ""))
    if style is None:
        return SplitFile({}, "\n".join(lines), 1)
    if start:
        problems.append(Problem(start + 1, "blank lines before the front matter", "read as front matter all the same"))
    end = _closing_line(lines, start, opening[:3])
    if end is None:
        return _without_closing_fence(lines, start, problems)
    raw = "\n".join(lines[start + 1 : end])
    split = SplitFile({}, "\n".join(lines[end + 1 :]), end + 2, problems, style)
    split.fields = _read_or_recover(raw, style, start + 1, problems)
    return split


def parse_fields(raw: str, style: str, problems: list[Problem], first_line: int = 0) -> Fields:
    """Read front matter in its style; duplicates are reported, the last one counts.

    Raises FrontMatterError when it is not a mapping, not well-formed, too large or too deep.
    """
    if len(raw) > MAX_FRONT_MATTER_CHARS:
        raise FrontMatterError(f"front matter longer than {MAX_FRONT_MATTER_CHARS} characters")
    try:
        if style == "toml":
            values: Any = _plain(tomllib.loads(raw))
        elif style == "json":
            values = json.loads(raw)
        else:
            values = _load_yaml(raw, problems, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not well-formed YAML"
        raise FrontMatterError(str(reason), mark.line + 1 if mark else None) from error
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(str(error).split("\n")[0] or "nested too deeply") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise FrontMatterError("front matter is not a list of fields")
    return {str(key): value for key, value in values.items()}


def recover_fields(raw: str, first_line: int, problems: list[Problem]) -> Fields:
    """Read `key: value` and `- item` lines one by one; report each line that is neither."""
    fields: Fields = {}
    key = ""
    for number, line in enumerate(raw.split("\n"), start=first_line + 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair, item = _KEY_LINE.match(line), _ITEM_LINE.match(line)
        if pair and not item:
            key = pair[1].strip()
            fields[key] = _unquoted(pair[2])
        elif item and key and (isinstance(fields[key], list) or not fields[key]):
            fields[key] = [*(fields[key] or []), _unquoted(item[1])]
        elif key and line[:1].isspace() and isinstance(fields[key], str):
            fields[key] = f"{fields[key]} {line.strip()}".strip()
        else:
            problems.append(Problem(number, "line of the front matter not understood", line.strip()))
    return fields


def _split_bare_json(lines: list[str], start: int) -> SplitFile:
    text = "\n".join(lines[start:])
    try:
        values, end = json.JSONDecoder().raw_decode(text[:MAX_FRONT_MATTER_CHARS])
    except (ValueError, RecursionError):
        return SplitFile({}, "\n".join(lines), 1)
    if not isinstance(values, dict):
        return SplitFile({}, "\n".join(lines), 1)
    return SplitFile(values, text[end:].lstrip("\n"), start + 1 + text[:end].count("\n"), [], "json")


def _closing_line(lines: list[str], start: int, fence: str) -> int | None:
    closings = {fence, "..."} if fence == "---" else {fence}
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() in closings:
            return number
    return None


def _without_closing_fence(lines: list[str], start: int, problems: list[Problem]) -> SplitFile:
    """A fence that opens and never closes: field-like lines are fields, the first other line begins the body."""
    end = start + 1
    while end < len(lines) and (
        _KEY_LINE.match(lines[end]) or _ITEM_LINE.match(lines[end]) or lines[end].lstrip().startswith("#")
    ):
        end += 1
    if end == start + 1:
        return SplitFile({}, "\n".join(lines), 1, problems)
    problems.append(Problem(start + 1, "front matter without a closing fence", "its fields read line by line"))
    fields = recover_fields("\n".join(lines[start + 1 : end]), start + 1, problems)
    return SplitFile(fields, "\n".join(lines[end:]), end + 1, problems, "yaml")


def _read_or_recover(raw: str, style: str, first_line: int, problems: list[Problem]) -> Fields:
    try:
        return parse_fields(raw, style, problems, first_line)
    except FrontMatterError as error:
        line = first_line + error.line if error.line else first_line
        problems.append(Problem(line, f"front matter cannot be parsed: {error}", "its fields read line by line"))
        return recover_fields(raw[:MAX_FRONT_MATTER_CHARS], first_line, problems)


def _load_yaml(raw: str, problems: list[Problem], first_line: int) -> Any:
    _refuse_deep_yaml(raw)
    loader = _TextLoader(raw)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _refuse_exploding_yaml(node)
        _report_duplicates(node, problems, first_line)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_deep_yaml(raw: str) -> None:
    depth = 0
    for event in yaml.parse(raw, Loader=_TextLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_YAML_DEPTH:
                raise FrontMatterError(f"front matter nested deeper than {MAX_YAML_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refuse_exploding_yaml(root: yaml.Node) -> None:
    sizes: dict[int, int] = {}

    def size(node: yaml.Node, above: frozenset[int]) -> int:
        if id(node) in above:
            raise FrontMatterError("front matter refers to itself")
        if id(node) not in sizes:
            children = (
                [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
            )
            within = above | {id(node)}
            sizes[id(node)] = 1 + (
                0 if isinstance(node, yaml.ScalarNode) else sum(size(child, within) for child in children)
            )
        if sizes[id(node)] > MAX_YAML_NODES:
            raise FrontMatterError(f"front matter unfolds to more than {MAX_YAML_NODES} values")
        return sizes[id(node)]

    size(root, frozenset())


def _report_duplicates(root: yaml.Node, problems: list[Problem], first_line: int) -> None:
    if not isinstance(root, yaml.MappingNode):
        return
    values: dict[str, str] = {}
    for key, value in root.value:
        if key.value in values and key.value != "<<":
            line = first_line + key.start_mark.line + 1
            problems.append(
                Problem(
                    line,
                    f"the field “{key.value}” stands twice; the last one counts",
                    f"the first: {values[key.value]}",
                )
            )
        values[str(key.value)] = str(value.value) if isinstance(value, yaml.ScalarNode) else "a list"


def _plain(value: Any) -> Any:
    """TOML's dates and numbers as text, like those of YAML here."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool | str) else str(value)


def _unquoted(value: str) -> Any:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part) for part in value[1:-1].split(",") if part.strip()]
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return value
