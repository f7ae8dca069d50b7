"""The project's own source, read once for the contracts."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "broadsheet"


@cache
def modules() -> tuple[Path, ...]:
    """Return the Python files of the package, without migrations (which machines write) and tests."""
    found = sorted(PACKAGE.rglob("*.py"))
    return tuple(path for path in found if not {"migrations", "tests"} & set(path.relative_to(PACKAGE).parts))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that git knows."""
    listing = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    return tuple(ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def room_of(path: Path) -> str:
    """Return the room a module stands in; for a module of the package itself, its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def place(path: Path, line: int = 0) -> str:
    """Return where something stands, as a reader of a failed test wants it."""
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))
