"""What we stand on is locked, explained, and tied to no address."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.contracts.source import ROOT, place, tracked_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["run.txt", "dev.txt", "build.txt"]
HOSTS = ["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs"]
FOLDERS = ["/home" + r"/[a-z]+/", "/root" + r"/\w", "/work" + r"/(?:main|shared|trees)"]
ADDRESSES = re.compile("|".join([*HOSTS, *FOLDERS]))


def test_every_dependency_is_explained() -> None:
    explained = set(re.findall(r"^\| `([^`]+)`", (ROOT / "docs/dependencies.md").read_text(), flags=re.MULTILINE))

    assert _direct_python() | _direct_node() == explained


def test_run_and_dev_locks_agree() -> None:
    run, dev = _locked("run.txt"), _locked("dev.txt")

    assert run.items() <= dev.items()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_for_every_package_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()

    entries = re.split(r"\n(?=\S)", text.strip())

    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def test_node_lock_holds_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    locked = {name: package for name, package in packages.items() if name}

    assert [name for name, package in locked.items() if "integrity" not in package] == []
    assert [name for name, package in locked.items() if "resolved" in package] == []


def test_no_file_names_a_registry_or_a_folder_of_somebodys_machine() -> None:
    found = [
        f"{place(path)}: {match[0]}" for path in tracked_files() if (match := ADDRESSES.search(_text(path))) is not None
    ]

    assert found == []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def _direct_python() -> set[str]:
    groups = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    return {re.split(r"[\[<>=;~! ]", requirement)[0] for group in groups for requirement in group}


def _direct_node() -> set[str]:
    package = json.loads((ROOT / "package.json").read_text())
    return {*package["devDependencies"], *package["optionalDependencies"]}


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))
