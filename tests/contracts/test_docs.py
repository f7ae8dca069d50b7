"""What the documentation promises to name, it names; what it links to, is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class

from tests.contracts.source import PACKAGE, ROOT, tree

DOCS = ROOT / "docs"
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def headings(page: str) -> set[str]:
    return {heading.strip() for heading in HEADING.findall((DOCS / page).read_text(encoding="utf-8"))}


def settings_read() -> Iterator[str]:
    """The names that settings.py asks the environment for."""
    for node in ast.walk(tree(PACKAGE / "config" / "settings.py")):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def commands() -> list[tuple[str, str]]:
    files = sorted(PACKAGE.glob("*/management/commands/*.py"))
    return [(path.parents[2].name, path.stem) for path in files if not path.stem.startswith("_")]


def test_every_setting_has_its_heading() -> None:
    assert set(settings_read()) - headings("reference/settings.md") == set()


def test_every_command_has_its_heading() -> None:
    assert {name for _, name in commands()} - headings("reference/commands.md") == set()


@pytest.mark.parametrize(("room", "name"), commands())
def test_every_command_helps_with_an_example(room: str, name: str) -> None:
    command = load_command_class(f"broadsheet.{room}", name)

    assert f"broadsheet {name}" in command.create_parser("broadsheet", name).format_help()


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [link for link in links if link and "://" not in link and not link.startswith("mailto:")]

    assert [link for link in inside if not (page.parent / link).exists()] == []
