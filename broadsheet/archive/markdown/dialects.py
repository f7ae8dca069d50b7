"""The dialects of Markdown archives: which generator they were written for, and how to tell.

A dialect says which shortcode delimiters mean something and where old addresses came from. What no dialect
claims is read as `plain`: every kind of shortcode is looked for, and what is not understood stays visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dialect:
    """One generator's habits. `permalinks` are its usual addresses, tried when the archive names none."""

    name: str
    hugo_tags: bool = False
    liquid_tags: bool = False
    kramdown: bool = False
    config_files: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    permalinks: tuple[str, ...] = ()


HUGO = Dialect(
    "hugo",
    hugo_tags=True,
    config_files=("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "archetypes"),
    evidence=(r"\{\{[<%]\s*/?[\w-]",),
    permalinks=("/:section/:slug/",),
)
JEKYLL = Dialect(
    "jekyll",
    liquid_tags=True,
    kramdown=True,
    config_files=("_config.yml", "_posts", "_drafts", "_includes"),
    evidence=(r"\{%-?\s*(?:include|post_url|highlight|link)\s", r"\{\{\s*(?:site|page)\.", r"(?m)^\{:"),
    permalinks=("/:year/:month/:day/:slug/", "/:year/:month/:day/:slug.html"),
)
ELEVENTY = Dialect(
    "eleventy",
    liquid_tags=True,
    config_files=(".eleventy.js", "eleventy.config.js", ".eleventyignore"),
    evidence=(r"\|\s*url\s*\}\}", r"\{%-?\s*image\w*\s+[\"']", r"\{%-?\s*(?:set|macro|include)\s+[^%]*,"),
    permalinks=("/:year/:month/:day/:slug/",),
)
PLAIN = Dialect("plain", hugo_tags=True, liquid_tags=True)
DIALECTS = {dialect.name: dialect for dialect in (HUGO, JEKYLL, ELEVENTY, PLAIN)}


def detect_dialect(root: Path, samples: Iterable[str]) -> Dialect:
    """The dialect an archive is written in: by its generator's files, else by the shortcodes of some articles."""
    known = (ELEVENTY, JEKYLL, HUGO)
    for dialect in known:
        if any((root / name).exists() for name in dialect.config_files):
            return dialect
    votes = dict.fromkeys((dialect.name for dialect in known), 0)
    for text in samples:
        for dialect in known:
            votes[dialect.name] += sum(1 for pattern in dialect.evidence if re.search(pattern, text[:200_000]))
    best = max(votes, key=lambda name: votes[name])
    return DIALECTS[best] if votes[best] else PLAIN
