"""The house stays one that a newcomer finds their way in: rooms, sizes, names, and who may call what."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import PACKAGE, modules, place, room_of, tree

MODULE_LINES = 400
FUNCTION_LINES = 40
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
ADMIN_MODULES_FOR_ALL = {"wagtail.admin.panels", "wagtail.admin.widgets"}
PUBLISHING_SIGNALS = {"page_published", "page_unpublished"}


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path.parent for path in PACKAGE.glob("*/__init__.py")]

    silent = [
        place(room) for room in rooms if len((ast.get_docstring(tree(room / "__init__.py")) or "").split("\n")) < 3
    ]

    assert rooms
    assert silent == []


def test_modules_fit_a_sitting_and_functions_a_screen() -> None:
    long_modules = [place(path) for path in modules() if len(path.read_text().splitlines()) > MODULE_LINES]

    long_functions = [
        f"{place(path, node.lineno)} {node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]

    assert long_modules == []
    assert long_functions == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {path: {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts} for path in modules()}

    assert [place(path) for path, names in named.items() if names & NAMES_THAT_SAY_NOTHING] == []


def test_nobody_but_pages_imports_wagtails_own_page() -> None:
    offences = [
        place(path, line)
        for path in modules()
        for name, line in _imports(path)
        if name == "wagtail.models.Page" and room_of(path) != "pages"
    ]

    assert offences == []


def test_only_the_newsdesk_builds_on_wagtails_admin() -> None:
    offences = [
        f"{place(path, line)} {name}"
        for path in modules()
        for name, line in _imports(path)
        if name.startswith("wagtail.admin")
        and not any(name.startswith(allowed) for allowed in ADMIN_MODULES_FOR_ALL)
        and room_of(path) not in {"newsdesk", "config"}
    ]

    assert offences == []


def test_only_publishing_publishes() -> None:
    calls = [
        place(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"publish", "unpublish"}
        and room_of(path) != "publishing"
    ]
    listeners = [
        place(path, line)
        for path in modules()
        for name, line in _imports(path)
        if name.rpartition(".")[2] in PUBLISHING_SIGNALS and room_of(path) != "publishing"
    ]

    assert calls == []
    assert listeners == []


def test_only_delivery_talks_to_a_cdn() -> None:
    offences = [
        place(path, line)
        for path in modules()
        for name, line in _imports(path)
        if name.startswith("broadsheet.delivery.cdn") and room_of(path) not in {"delivery", "config"}
    ]

    assert offences == []


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the full name of everything a module imports, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
