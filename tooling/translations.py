"""Keeps the catalogues of translations in step with the source, without any program beside Python.

`python -m tooling.translations` adds to each catalogue what the source says and it does not hold yet (to be
translated), takes out what the source no longer says, and compiles what is translated. A contract
(tests/contracts/test_translations.py) sees that nothing is left.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "broadsheet"
CATALOGUES = PACKAGE / "masthead/locale"
NOT_SHOWN = {"migrations", "tests"}

_KINDS = {"_": "one", "gettext": "one", "ngettext": "many", "pgettext": "context", "npgettext": "context many"}
_CALL = re.compile(r"""\b(_|n?p?gettext)\(((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^()"'])*)\)""", re.DOTALL)
_CONTEXT, _PLURAL = "\x04", "\x00"


@dataclass(frozen=True)
class Message:
    """Something that people see: its words, for several things if it counts, and in which sense if they have two."""

    one: str
    many: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is looked up by."""
        return self.context, self.one


@dataclass
class Catalogue:
    """The translations into one language; `forms` has one text for each of the language's plural forms."""

    path: Path
    comment: str = ""
    header: str = ""
    translated: dict[Message, list[str]] = field(default_factory=dict)

    @property
    def plural_forms(self) -> int:
        """How many forms a text that counts has in this language."""
        found = re.search(r"nplurals=(\d+)", self.header)
        return int(found[1]) if found else 1


def messages_of_the_source() -> dict[tuple[str, str], Message]:
    """Return everything that the package's modules and templates give to be translated, in their order."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if NOT_SHOWN & set(path.relative_to(PACKAGE).parts):
            continue
        messages: Iterable[Message] = ()
        if path.suffix == ".py":
            messages = _of_module(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            messages = _of_template(path.read_text(encoding="utf-8"))
        for message in messages:
            known = found.get(message.key)
            found[message.key] = known if known and known.many else message
    return found


def _of_module(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            kind = _KINDS.get(name.removesuffix("_lazy").removesuffix("_noop"))
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if kind and texts:
                yield _message(kind, texts)


def _of_template(source: str) -> Iterator[Message]:
    for call in _CALL.finditer(templatize(source)):
        literals = re.findall(r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", call[2], re.DOTALL)
        texts = [ast.literal_eval(literal) for literal in literals]
        if texts:
            yield _message(_KINDS[call[1]], texts)


def _message(kind: str, texts: list[str]) -> Message:
    context = texts.pop(0) if "context" in kind else ""
    return Message(texts[0], texts[1] if "many" in kind else "", context)


def read_catalogue(path: Path) -> Catalogue:
    """Read a `.po` file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    catalogue = Catalogue(path, "\n".join(line for line in lines[:2] if line.startswith("# ")))
    for entry in re.split(r"\n\s*\n", "\n".join(lines)):
        fields: dict[str, str] = {}
        name = ""
        for line in entry.splitlines():
            if line.startswith("#"):
                continue
            head, _, text = line.partition(" ") if not line.startswith('"') else (name, "", line)
            name = head
            fields[name] = fields.get(name, "") + ast.literal_eval(text)
        if not fields:
            continue
        forms = [fields[key] for key in sorted(fields) if key.startswith("msgstr")]
        message = Message(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""))
        if message.one:
            catalogue.translated[message] = forms
        else:
            catalogue.header = forms[0]
    return catalogue


def write_catalogue(catalogue: Catalogue) -> None:
    """Write a `.po` file, one entry for each message."""
    entries = [f'{catalogue.comment}\nmsgid ""\nmsgstr ""\n' + "\n".join(map(_quoted, _lines(catalogue.header)))]
    for message, forms in catalogue.translated.items():
        lines = ["#, python-format"] if "%(" in message.one + message.many else []
        lines += [f"msgctxt {_quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {_quoted(message.one)}")
        if message.many:
            lines.append(f"msgid_plural {_quoted(message.many)}")
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {_quoted(forms[0])}")
        entries.append("\n".join(lines))
    catalogue.path.write_text("\n\n".join(entries) + "\n", encoding="utf-8")


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compiled(catalogue: Catalogue) -> bytes:
    """Return the `.mo` file of a catalogue: what is translated, sorted, as gettext reads it."""
    texts = {"": catalogue.header}
    for message, forms in catalogue.translated.items():
        if all(forms):
            key = (message.context + _CONTEXT if message.context else "") + message.one
            texts[key + (_PLURAL + message.many if message.many else "")] = _PLURAL.join(forms)
    keys, values = zip(*((key.encode(), texts[key].encode()) for key in sorted(texts, key=str.encode)), strict=True)
    start = 28 + 16 * len(keys)
    tables, data = b"", b""
    for strings in (keys, values):
        for string in strings:
            tables += struct.pack("<2I", len(string), start + len(data))
            data += string + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start) + tables + data


def catalogues() -> list[Catalogue]:
    """Return the catalogues that are shipped."""
    return [read_catalogue(path) for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po"))]


def bring_into_step(catalogue: Catalogue, messages: Iterable[Message]) -> int:
    """Give a catalogue the messages of the source and no others; return how many are to be translated."""
    kept = catalogue.translated
    catalogue.translated = {
        message: kept.get(message) or [""] * (catalogue.plural_forms if message.many else 1) for message in messages
    }
    return sum(not all(forms) for forms in catalogue.translated.values())


def main() -> int:
    """Bring all catalogues into step, and say what is left to do."""
    messages = messages_of_the_source()
    left = 0
    for catalogue in catalogues():
        untranslated = bring_into_step(catalogue, messages.values())
        write_catalogue(catalogue)
        catalogue.path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{catalogue.path.relative_to(ROOT)}: {untranslated} to translate")
        left += untranslated
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
