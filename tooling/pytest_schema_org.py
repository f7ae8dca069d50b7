"""Structured data against the types of schema.org, as Google's schema-dts has them, checked by TypeScript's compiler.

It knows every type and property of the vocabulary and what each may hold; it does not miss what is left out.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tooling.debian import find_program
from tooling.pytest_environment import skip_or_fail

ROOT = Path(__file__).resolve().parent.parent
COMPILER = ROOT / "node_modules" / "typescript" / "lib" / "tsc.js"
TYPES = ROOT / "node_modules" / "schema-dts"
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--target", "es2022"]
OPTIONS += ["--moduleResolution", "bundler", "--module", "esnext"]
_TIMEOUT_SECONDS = 300

CheckSchemaOrg = Callable[[Mapping[str, Iterable[Any]]], list[str]]


@pytest.fixture(scope="session")
def check_schema_org(tmp_path_factory: pytest.TempPathFactory) -> CheckSchemaOrg:
    """Return `check_schema_org({name: objects})`: what the compiler finds wrong, as lines; of all pages in one run."""
    node = find_program("node")
    if node is None or not COMPILER.is_file() or not TYPES.is_dir():
        skip_or_fail("Node.js, typescript or schema-dts is missing: `make test` installs them.")
    folder = tmp_path_factory.mktemp("schema-org")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")

    def check(pages: Mapping[str, Iterable[Any]]) -> list[str]:
        (folder / "check.ts").write_text(_source(pages), encoding="utf-8")
        result = subprocess.run(
            [node, COMPILER, *OPTIONS, "check.ts"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            env={**os.environ, "NO_COLOR": "1"},
        )
        return result.stdout.splitlines() if result.returncode else []

    return check


def _source(pages: Mapping[str, Iterable[Any]]) -> str:
    """Return a program that says of each object that it is a thing of schema.org's."""
    lines = ['import type { Thing } from "schema-dts";']
    for name, objects in pages.items():
        things = [variant for thing in objects for variant in _each_type(thing)]
        for thing in things:
            lines.append(
                f"// {json.dumps(name)}\nexport const thing{len(lines)}: Thing = {json.dumps(thing, indent=1)};"
            )
    return "\n".join(lines)


def _each_type(thing: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an object of several types once as each: the types know objects of one."""
    types = thing["@type"] if isinstance(thing.get("@type"), list) else [thing.get("@type")]
    return [{**thing, "@type": one} for one in types]
