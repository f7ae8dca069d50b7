"""Those who read the paper for machines: feedparser, and the schemas of the standards where they are at hand."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import feedparser
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT7

IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}image"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}news"


class Schemas:
    """The standards' own schemas, in a folder. Without it what needs them finds nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def atom(self, content: bytes) -> list[str]:
        """Return what is wrong with an Atom feed (RFC 4287, appendix B)."""
        return self._xml(content, "_atom_schema")

    def sitemap(self, content: bytes) -> list[str]:
        """Return what is wrong with a sitemap. The schema knows no extension, and lets none pass."""
        tree: Any = etree.fromstring(content)
        for foreign in list(tree.iter(IMAGE, NEWS)):
            foreign.getparent().remove(foreign)
        return self._xml(etree.tostring(tree), "_sitemap_schema")

    def news_sitemap(self, content: bytes) -> list[str]:
        """Return what is wrong with a sitemap of news; one without news is as it should be, and no sitemap."""
        return self.sitemap(content) if len(etree.fromstring(content)) else []

    def newsml(self, content: bytes) -> list[str]:
        """Return what is wrong with a document of NewsML-G2 2.35."""
        return self._xml(content, "_newsml_schema")

    def json_feed(self, content: bytes) -> list[str]:
        """Return what is wrong with a JSON Feed."""
        return self._json(content, "_json_feed_schema")

    def ninjs(self, content: Any) -> list[str]:
        """Return what is wrong with a ninjs object."""
        return self._json(content, "_ninjs_schema")

    def _xml(self, content: bytes, name: str) -> list[str]:
        tree = etree.fromstring(content)
        if self._folder is None:
            return []
        schema: Any = getattr(self, name)
        return [] if schema.validate(tree) else [str(error) for error in schema.error_log]

    def _json(self, content: Any, name: str) -> list[str]:
        document = json.loads(content) if isinstance(content, bytes) else content
        return [error.message for error in getattr(self, name).iter_errors(document)] if self._folder else []

    @cached_property
    def _atom_schema(self) -> Any:
        return etree.RelaxNG(etree.parse(self._path("atom/atom-rfc4287.rng")))

    @cached_property
    def _sitemap_schema(self) -> Any:
        return etree.XMLSchema(etree.parse(self._path("sitemap/sitemap-protocol-all.xsd")))

    @cached_property
    def _newsml_schema(self) -> Any:
        return etree.XMLSchema(etree.parse(self._path("newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd")))

    @cached_property
    def _json_feed_schema(self) -> Any:
        older = Resource.from_contents(self._read("jsonfeed/feed-1.json"), DRAFT4)
        registry: Registry = Registry().with_resource("https://json.schemastore.org/feed-1", older)
        return Draft4Validator(self._read("jsonfeed/feed.json"), registry=registry)

    @cached_property
    def _ninjs_schema(self) -> Any:
        places = Resource.from_contents(self._read("ninjs/GeoJSON-schema.json"), DRAFT7)
        registry: Registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", places)
        return Draft202012Validator(self._read("ninjs/ninjs-schema_3.1.json"), registry=registry)

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / name

    def _read(self, name: str) -> Any:
        return json.loads(self._path(name).read_text(encoding="utf-8"))


def feed_problems(content: bytes) -> list[str]:
    """Return what feedparser stumbles over in a feed, and entries that lack what they need."""
    found = feedparser.parse(content)
    problems = [str(found.bozo_exception)] if found.bozo else []
    for entry in found.entries:
        missing = [name for name in ("id", "title", "published", "content") if not entry.get(name)]
        problems += [f"{entry.link}: no {name}" for name in missing]
    return problems
